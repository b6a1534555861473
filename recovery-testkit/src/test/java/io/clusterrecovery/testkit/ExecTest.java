package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecTest {
  @Test
  void run_command_hasItsInputAndReturnsItsOutput() {
    byte[] input = "given".getBytes(StandardCharsets.UTF_8);

    assertThat(Exec.run(Exec.LIMIT, input, List.of("cat"))).isEqualTo(new Ran(0, "given"));
  }

  @Test
  void ok_failingCommand_saysCommandStatusAndOutput() {
    assertThatThrownBy(() -> Exec.ok("sh", "-c", "echo broken >&2; exit 3"))
        .isInstanceOf(LabException.class)
        .hasMessageContainingAll("sh -c", "exit status 3", "broken");
  }

  @Test
  void run_beyondItsLimit_isEnded() {
    assertThatThrownBy(() -> Exec.run(Duration.ofMillis(200), new byte[0], List.of("sleep", "60")))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("not finished within")
        .hasMessageContaining("sleep 60");
  }

  @Test
  void run_programThatIsNotThere_saysSo() {
    assertThatThrownBy(() -> Exec.ok("no-such-program"))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("no-such-program");
  }
}
