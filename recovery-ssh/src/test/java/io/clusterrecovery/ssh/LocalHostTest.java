package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Command;
import io.clusterrecovery.Secret;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What needs no root and changes nothing; the contract is tried inside a lab host. */
class LocalHostTest {
  private final LocalHost host = LocalHost.create();

  @AfterEach
  void close() {
    host.close();
  }

  @Test
  void run_asThisUser_isHereInTheHome() {
    assertThat(host.run(Command.of("id", "-un")).text()).isEqualTo(System.getProperty("user.name"));
    assertThat(host.run(Command.of("pwd", "-P")).text())
        .isEqualTo(host.run(Command.of("sh", "-c", "cd ~ && pwd -P")).text());
    assertThat(host.toString()).contains("on this machine");
  }

  @Test
  void run_neverReadsItsInput_isLetGoAtTheLimit() {
    Secret much = Secret.of(new byte[1 << 20]);
    Command deaf = Command.of("sleep", "0.6").stdin(much);
    assertThatThrownBy(() -> host.run(deaf.limit(Duration.ofMillis(100))))
        .hasMessageContaining("sleep 0.6");
    assertThat(host.run(deaf).succeeded()).isTrue();
  }

  @Test
  void run_everyByteByStandardInput_arrives() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    String out = host.run(Command.of("od", "-An", "-v", "-tx1").stdin(Secret.of(bytes))).out();
    assertThat(out.replaceAll("\\s", "")).isEqualTo(java.util.HexFormat.of().formatHex(bytes));
  }

  @Test
  void builder_secondValue_isRefusedByName() {
    LocalHost.Builder builder = LocalHost.builder().clock(Clock.system());
    assertThatThrownBy(() -> builder.clock(Clock.system()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clock");
    Secret password = Secret.of("hidden");
    LocalHost.Builder other = LocalHost.builder().sudoPassword(password);
    assertThatThrownBy(() -> other.sudoPassword(password))
        .hasMessageContaining("sudoPassword")
        .hasMessageNotContaining("hidden");
  }
}
