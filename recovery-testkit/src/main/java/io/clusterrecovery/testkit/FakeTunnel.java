package io.clusterrecovery.testkit;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Tunnel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A tunnel to what listens on this machine in place of what a host would see. Thread-safe. */
final class FakeTunnel implements Tunnel {
  private final ServerSocket server;
  private final String target;
  private final Function<String, @Nullable Integer> ports;
  private volatile Optional<RecoveryException> failure = Optional.empty();

  private FakeTunnel(
      ServerSocket server, String target, Function<String, @Nullable Integer> ports) {
    this.server = server;
    this.target = target;
    this.ports = ports;
  }

  static FakeTunnel open(String target, Function<String, @Nullable Integer> ports) {
    try {
      ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      FakeTunnel tunnel = new FakeTunnel(server, target, ports);
      daemon(tunnel::acceptAll);
      return tunnel;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int localPort() {
    return server.getLocalPort();
  }

  @Override
  public Optional<RecoveryException> lastFailure() {
    return failure;
  }

  @Override
  public void close() {
    closeQuietly(server);
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        if (server.isClosed()) {
          // It came in while another thread closed the tunnel.
          closeQuietly(client);
          return;
        }
        daemon(() -> lead(client));
      } catch (IOException e) {
        // Closed.
        return;
      }
    }
  }

  private void lead(Socket client) {
    Integer port = ports.apply(target);
    try (client) {
      if (port == null) {
        failure = Optional.of(nobodyListens());
        return;
      }
      try (Socket there = new Socket(InetAddress.getLoopbackAddress(), port)) {
        failure = Optional.empty();
        daemon(() -> copy(client, there));
        there.getInputStream().transferTo(client.getOutputStream());
      }
    } catch (IOException e) {
      // Both ends see it.
      closeQuietly(client);
    }
  }

  private RecoveryException nobodyListens() {
    return new RefusedException(
        new Refusal(Code.TUNNEL_REFUSED, "Nobody listens at " + target + ".", "Say who does."),
        null);
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(to);
    }
  }

  private static void closeQuietly(AutoCloseable what) {
    try {
      what.close();
    } catch (Exception e) {
      // Nothing is left that could be done.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "fake-tunnel");
    thread.setDaemon(true);
    thread.start();
  }

  /** {@return where it leads} */
  @Override
  public String toString() {
    return "fake tunnel from port " + localPort() + " to " + target;
  }
}
