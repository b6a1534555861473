package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptTest {

  @ParameterizedTest
  @EnumSource(Script.class)
  void text_each_isShellWithoutComments(Script script) throws IOException, InterruptedException {
    assertThat(script.text()).doesNotContain("\n#").doesNotContain("\n\n").doesNotContain("\t");
    Process process =
        new ProcessBuilder("/bin/sh", "-n", "-c", script.text()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @ParameterizedTest
  @EnumSource(Script.class)
  void text_each_leavesRoomForArguments(Script script) {
    assertThat(Quoting.line(script.with("x")).length()).isLessThan(12_000);
  }
}
