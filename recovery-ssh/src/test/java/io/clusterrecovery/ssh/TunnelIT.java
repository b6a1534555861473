package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Tunnel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneHost.class)
class TunnelIT {
  private static final int PORT = 7007;
  private static final int FLOOD = 7009;

  private final OneHost.Target target;

  TunnelIT(OneHost.Target target) {
    this.target = target;
  }

  @BeforeAll
  static void startEcho(OneHost.Target target) {
    target.inside(
        "systemd-run -q --unit=echo socat TCP-LISTEN:%d,bind=127.0.0.1,fork,reuseaddr EXEC:cat"
            .formatted(PORT));
    target.inside(
        "systemd-run -q --unit=flood socat TCP-LISTEN:%d,bind=127.0.0.1,fork,reuseaddr"
                .formatted(FLOOD)
            + " EXEC:'cat /dev/zero'");
    for (int port : new int[] {PORT, FLOOD}) {
      Eventually.holds(
          port + " listens", () -> target.inside("ss -ltnH").contains("127.0.0.1:" + port));
    }
  }

  @AfterAll
  static void stopEcho(OneHost.Target target) {
    target.inside("systemctl stop echo flood");
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
  void tunnel_nothingListensThere_resetsTheConnectionAndSaysWhy() throws IOException {
    try (SshHost host = target.ssh();
        Tunnel tunnel = host.tunnel("127.0.0.1", 7008)) {
      assertThatThrownBy(() -> echoed(tunnel, new byte[0])).isInstanceOf(IOException.class);
      assertThat(tunnel.lastFailure()).map(RecoveryException::code).hasValue(Code.TUNNEL_REFUSED);
      assertThat(tunnel.lastFailure())
          .map(RecoveryException::found)
          .hasValueSatisfying(f -> assertThat(f).contains("it cannot connect to 127.0.0.1:7008"));
    }
  }

  @Test
  void tunnel_forbiddenByTheServer_saysSo() {
    target.inside("sed -i 's/^/no-port-forwarding /' ~core/.ssh/authorized_keys");
    try (SshHost host = target.ssh();
        Tunnel tunnel = host.tunnel("127.0.0.1", PORT)) {
      assertThatThrownBy(() -> echoed(tunnel, new byte[0])).isInstanceOf(IOException.class);
      assertThat(tunnel.lastFailure())
          .map(RecoveryException::found)
          .hasValueSatisfying(f -> assertThat(f).contains("forbids a tunnel"));
    } finally {
      target.inside("sed -i 's/^no-port-forwarding //' ~core/.ssh/authorized_keys");
    }
  }

  @Test
  void tunnel_sessionBreaks_isSeenAsABreakAndThePortStays() throws IOException {
    try (SshHost host = target.ssh();
        Tunnel tunnel = host.tunnel("127.0.0.1", PORT);
        Socket socket = connected(tunnel)) {
      socket.getOutputStream().write('a');
      assertThat(socket.getInputStream().read()).isEqualTo('a');
      target.cutConnections();
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
      Eventually.holds("the failure is told", () -> tunnel.lastFailure().isPresent());
      assertThat(tunnel.lastFailure()).map(RecoveryException::code).hasValue(Code.CONNECTION_LOST);
      assertThat(echoed(tunnel, "again".getBytes(UTF_8))).asString(UTF_8).isEqualTo("again");
      assertThat(tunnel.lastFailure()).isEmpty();
    }
  }

  @Test
  void tunnel_oneReaderDoesNotRead_holdsUpNobodyElse() throws IOException {
    byte[] sent = new byte[2 << 20];
    try (SshHost host = target.ssh();
        Tunnel flood = host.tunnel("127.0.0.1", FLOOD);
        Socket idle = connected(flood)) {
      assertThat(idle.getInputStream().read()).isZero();
      awaitStandstill(idle);
      for (int i = 0; i < 3; i++) {
        try (Socket other = connected(flood)) {
          assertThat(other.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        }
      }
      assertThat(host.run(Command.of("echo", "on")).text()).isEqualTo("on");
    }
  }

  @Test
  void tunnel_moreConnectionsThanSessions_allGoThrough() {
    byte[] sent = new byte[100_000];
    new Random(8).nextBytes(sent);
    try (SshHost host = target.ssh();
        Tunnel tunnel = host.tunnel("127.0.0.1", PORT)) {
      List<CompletableFuture<byte[]>> all =
          Stream.generate(() -> echoing(tunnel, sent)).limit(3L * TunnelSessions.MOST).toList();
      assertThat(all).allSatisfy(echo -> assertThat(echo.join()).isEqualTo(sent));
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

  private static Socket connected(Tunnel tunnel) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), tunnel.localPort());
  }

  /** Returns when nothing more arrives, since all buffers on the way are full. */
  private static void awaitStandstill(Socket unread) {
    int[] before = {-1};
    Eventually.holds(
        "all buffers are full",
        () -> {
          try {
            int now = unread.getInputStream().available();
            boolean still = now > 0 && now == before[0];
            before[0] = now;
            return still;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static CompletableFuture<byte[]> echoing(Tunnel tunnel, byte[] bytes) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return echoed(tunnel, bytes);
          } catch (IOException e) {
            throw new AssertionError(String.valueOf(tunnel.lastFailure()), e);
          }
        },
        task -> Blocking.daemon("test", task));
  }

  private static byte[] echoed(Tunnel tunnel, byte[] bytes) throws IOException {
    try (Socket socket = connected(tunnel)) {
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  socket.getOutputStream().write(bytes);
                  socket.shutdownOutput();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              task -> Blocking.daemon("test", task));
      byte[] back = socket.getInputStream().readAllBytes();
      sending.join();
      return back;
    }
  }
}
