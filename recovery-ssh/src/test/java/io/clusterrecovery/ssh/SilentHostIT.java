package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Upload;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that accept the TCP connection and then do not do what an SSH server does. */
@ExtendWith(OneHost.class)
class SilentHostIT {
  private static final Duration LIMIT = Duration.ofMillis(500);
  private static final byte[] HTTP = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] VERSION = "SSH-2.0-OpenSSH_9.2\r\n".getBytes(US_ASCII);

  private static final List<Call> CALLS =
      List.of(
          new Call("run", (host, file) -> host.run(Command.of("true"))),
          new Call("start", (host, file) -> host.start("job", Command.of("true"))),
          new Call("read", (host, file) -> host.read("/etc/hostname")),
          new Call("upload", (host, file) -> host.upload(Upload.of(file, "/srv/file"), p -> {})),
          new Call("tunnel", (host, file) -> host.tunnel("127.0.0.1", 2379)));

  private static final List<Peer> PEERS =
      List.of(
          new Peer("says nothing", out -> {}),
          new Peer("says its version and no more", out -> write(out, VERSION)),
          new Peer("says other things without end", SilentHostIT::talk),
          new Peer("talks another protocol", out -> write(out, HTTP)));

  @TempDir Path dir;
  private final OneHost.Target target;

  SilentHostIT(OneHost.Target target) {
    this.target = target;
  }

  static Stream<Arguments> everyPeerWithEveryCall() {
    return PEERS.stream().flatMap(peer -> CALLS.stream().map(call -> Arguments.of(peer, call)));
  }

  @ParameterizedTest(name = "{1} to a peer that {0}")
  @MethodSource("everyPeerWithEveryCall")
  void call_toSuchAPeer_isRefusedWithinTheLimitAndLetsGo(Peer peer, Call call) throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "content");
    try (FakePeer fake = new FakePeer(peer);
        SshHost host = host(fake.port())) {
      Duration start = Clock.system().elapsed();
      RecoveryException e =
          catchThrowableOfType(RecoveryException.class, () -> call.ask().accept(host, file));
      assertThat(Clock.system().elapsed().minus(start)).isLessThan(LIMIT.plusSeconds(10));
      assertThat(e).isInstanceOf(RefusedException.class);
      assertThat(e.code()).isEqualTo(Code.HOST_UNREACHABLE);
      assertThat(fake.sawTheEnd()).isTrue();
    }
  }

  private SshHost host(int port) {
    return SshHost.at("127.0.0.1")
        .port(port)
        .user("core")
        .identity(target.lab().sshKey())
        .knownHosts(target.lab().knownHosts())
        .connectLimit(LIMIT)
        .build();
  }

  /** What is asked of a host. */
  private record Call(String name, BiConsumer<SshHost, Path> ask) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** What a peer does once it has accepted. */
  private record Peer(String name, Consumer<OutputStream> behaviour) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A line now and then, so that no single read takes long. */
  private static void talk(OutputStream out) {
    try {
      while (true) {
        out.write("busy, please hold the line\r\n".getBytes(US_ASCII));
        out.flush();
        Clock.system().pause(Duration.ofMillis(50));
      }
    } catch (IOException e) {
      // The other side has let go.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void write(OutputStream out, byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A server that does no more than that, and sees when the other side lets go. */
  private static final class FakePeer implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Boolean> ended = new LinkedBlockingQueue<>();

    FakePeer(Peer peer) throws IOException {
      Blocking.daemon("fake-peer", () -> serve(peer));
    }

    int port() {
      return server.getLocalPort();
    }

    boolean sawTheEnd() throws InterruptedException {
      return Boolean.TRUE.equals(ended.poll(10, TimeUnit.SECONDS));
    }

    private void serve(Peer peer) {
      try (Socket socket = server.accept()) {
        peer.behaviour().accept(socket.getOutputStream());
        socket.getInputStream().readAllBytes();
        ended.add(true);
      } catch (IOException e) {
        // A reset is an end as well.
        ended.add(true);
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
