package io.clusterrecovery.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * One connection through a tunnel. Each direction ends by itself; when the session breaks the local
 * side sees a reset, never an end that looks like a good one.
 */
final class TunnelStream {
  private static final int PROHIBITED = 1;
  private static final int CONNECT_FAILED = 2;

  private final Socket socket;
  private final ChannelDirectTCPIP channel;
  private final TunnelSink sink;
  private final Failures failures;
  private final String target;

  private TunnelStream(
      Socket socket,
      ChannelDirectTCPIP channel,
      TunnelSink sink,
      Failures failures,
      String target) {
    this.socket = socket;
    this.channel = channel;
    this.sink = sink;
    this.failures = failures;
    this.target = target;
  }

  /**
   * Lets the host connect to a port.
   *
   * @throws RefusedException if it does not
   */
  static TunnelStream open(
      Connection session, Socket socket, String host, int port, Failures failures)
      throws IOException {
    String target = host + ":" + port;
    // The last one is that of the channel that was opened, or refused.
    Deque<TunnelSink> sinks = new ConcurrentLinkedDeque<>();
    try {
      ChannelDirectTCPIP channel =
          session.open(
              "direct-tcpip",
              ChannelDirectTCPIP.class,
              c -> {
                sinks.add(new TunnelSink(socket, c));
                c.setHost(host);
                c.setPort(port);
                c.setOutputStream(sinks.getLast());
              });
      TunnelSink sink = sinks.getLast();
      sink.opened();
      return new TunnelStream(socket, channel, sink, failures, target);
    } catch (RefusedException e) {
      throw sinks.isEmpty() ? e : refused(e, sinks.getLast().refusal(), target, failures);
    }
  }

  /**
   * Passes on what comes from either side until both have ended.
   *
   * @throws RecoveryException if the session broke
   * @throws IOException if the local side broke
   */
  void untilEnd() throws IOException, InterruptedException {
    try {
      sendAll(socket.getInputStream());
      // The other side may still have something to say.
      sink.awaitEnd();
      if (sink.isBroken()) {
        throw lost(null);
      }
    } catch (IOException e) {
      if (sink.isBroken()) {
        throw lost(e);
      }
      throw e;
    } finally {
      channel.disconnect();
    }
  }

  private void sendAll(InputStream in) throws IOException {
    byte[] buffer = new byte[32 << 10];
    try (OutputStream out = channel.getOutputStream()) {
      for (int n = in.read(buffer); n >= 0 && !channel.isClosed(); n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    }
  }

  private RecoveryException lost(@Nullable IOException cause) {
    return failures.failed(
        Code.CONNECTION_LOST,
        "the connection broke while something went through the tunnel to " + target + ".",
        "how much of it had arrived",
        "Connect to the tunnel again; it then connects to the host again.",
        cause);
  }

  private static RefusedException refused(
      RefusedException e, int reason, String target, Failures failures) {
    return switch (reason) {
      case PROHIBITED ->
          failures.refused(
              Code.TUNNEL_REFUSED,
              "its SSH server forbids a tunnel to " + target + ".",
              "Allow it there (AllowTcpForwarding, PermitOpen), or reach it in another way.",
              e);
      case CONNECT_FAILED ->
          failures.refused(
              Code.TUNNEL_REFUSED,
              "it cannot connect to " + target + ".",
              "Check on that host that the name resolves and that something listens there.",
              e);
      default -> e;
    };
  }
}
