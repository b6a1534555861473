package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Secret;
import io.clusterrecovery.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
  void tunnel_nobodyListens_isAResetAndSaysWhy() throws IOException {
    try (Tunnel tunnel = host.tunnel("127.0.0.1", 1);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), tunnel.localPort())) {
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
      assertThat(tunnel.lastFailure()).map(RecoveryException::code).hasValue(Code.TUNNEL_REFUSED);
    }
  }

  @Test
  void tunnel_otherSideBreaks_isAResetAndToldOf() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Tunnel tunnel = host.tunnel("127.0.0.1", server.getLocalPort());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), tunnel.localPort())) {
      Quietly.reset(server.accept());
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
      Eventually.holds("the failure is told", () -> tunnel.lastFailure().isPresent());
      assertThat(tunnel.lastFailure()).map(RecoveryException::code).hasValue(Code.CONNECTION_LOST);
    }
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
