package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Tunnel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneHost.class)
class TunnelIT {
  private static final int PORT = 7007;

  private final OneHost.Target target;

  TunnelIT(OneHost.Target target) {
    this.target = target;
  }

  @BeforeAll
  static void startEcho(OneHost.Target target) {
    target.inside(
        "systemd-run -q --unit=echo socat TCP-LISTEN:%d,bind=127.0.0.1,fork,reuseaddr EXEC:cat"
            .formatted(PORT));
    Eventually.holds("echo listens", () -> target.inside("ss -ltnH").contains("127.0.0.1:" + PORT));
  }

  @AfterAll
  static void stopEcho(OneHost.Target target) {
    target.inside("systemctl stop echo");
  }

  @Test
  void tunnel_bytes_goThereAndBackWhole() throws IOException {
    byte[] sent = new byte[5 << 20];
    new Random(7).nextBytes(sent);
    try (SshHost host = target.ssh();
        Tunnel tunnel = host.tunnel("127.0.0.1", PORT)) {
      assertThat(echoed(tunnel, sent)).isEqualTo(sent);
      assertThat(echoed(tunnel, sent)).isEqualTo(sent);
    }
  }

  @Test
  void tunnel_connectionCut_nextUseConnectsAgain() throws IOException {
    try (SshHost host = target.ssh();
        Tunnel tunnel = host.tunnel("localhost", PORT)) {
      target.cutConnections();
      assertThat(echoed(tunnel, "again".getBytes(UTF_8))).asString(UTF_8).isEqualTo("again");
    }
  }

  @Test
  void tunnel_nothingListensThere_endsTheConnectionOnly() throws IOException {
    try (SshHost host = target.ssh();
        Tunnel tunnel = host.tunnel("127.0.0.1", 7008)) {
      assertThat(echoed(tunnel, new byte[0])).isEmpty();
    }
  }

  @Test
  void close_tunnel_freesThePort() {
    try (SshHost host = target.ssh()) {
      Tunnel tunnel = host.tunnel("127.0.0.1", PORT);
      int port = tunnel.localPort();
      tunnel.close();
      assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void tunnel_hostUnreachable_isRefused() {
    try (SshHost host =
        target
            .builder()
            .port(2222)
            .identity(target.lab().sshKey())
            .knownHosts(target.lab().knownHosts())
            .build()) {
      assertThatThrownBy(() -> host.tunnel("127.0.0.1", PORT))
          .isInstanceOf(RefusedException.class)
          .extracting("code")
          .isEqualTo(Code.HOST_UNREACHABLE);
    }
  }

  private static byte[] echoed(Tunnel tunnel, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), tunnel.localPort())) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  socket.getOutputStream().write(bytes);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      byte[] back = socket.getInputStream().readAllBytes();
      sending.join();
      return back;
    }
  }
}
