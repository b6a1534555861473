package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Tunnel;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A local port whose connections go on from the host, each by a {@link TunnelStream}. */
final class PortTunnel implements Tunnel {
  private static final Logger LOG = System.getLogger(PortTunnel.class.getName());
  private static final int BACKLOG = 50;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final String host;
  private final int port;
  private final Failures failures;
  private final TunnelSessions sessions;
  private final ServerSocket server;
  private final Consumer<PortTunnel> onClose;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable RecoveryException lastFailure;

  private PortTunnel(
      String host,
      int port,
      Failures failures,
      TunnelSessions sessions,
      ServerSocket server,
      Consumer<PortTunnel> onClose) {
    this.host = host;
    this.port = port;
    this.failures = failures;
    this.sessions = sessions;
    this.server = server;
    this.onClose = onClose;
  }

  static PortTunnel open(
      SshSettings settings,
      Failures failures,
      String host,
      int port,
      Consumer<PortTunnel> onClose) {
    TunnelSessions sessions = new TunnelSessions(() -> new Connection(settings, failures));
    boolean opened = false;
    try {
      sessions.connect();
      ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(LOOPBACK));
      PortTunnel tunnel = new PortTunnel(host, port, failures, sessions, server, onClose);
      Blocking.daemon("ssh-tunnel-" + settings.host(), tunnel::acceptAll);
      opened = true;
      return tunnel;
    } catch (IOException e) {
      throw failures.refused(
          Code.UNEXPECTED,
          "no local port could be opened: " + e.getMessage() + ".",
          "Free ports or file descriptors of this process.",
          e);
    } finally {
      if (!opened) {
        sessions.close();
      }
    }
  }

  @Override
  public int localPort() {
    return server.getLocalPort();
  }

  @Override
  public Optional<RecoveryException> lastFailure() {
    return Optional.ofNullable(lastFailure);
  }

  @Override
  public void close() {
    Quietly.close(server);
    open.forEach(Quietly::reset);
    sessions.close();
    onClose.accept(this);
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        Blocking.daemon("ssh-tunnel-" + host + ":" + port, () -> serve(socket));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "the tunnel takes no more connections", e);
        Quietly.close(server);
      }
    }
  }

  private void serve(Socket socket) {
    Connection session = sessions.take();
    open.add(socket);
    try {
      TunnelStream stream = TunnelStream.open(session, socket, host, port, failures);
      lastFailure = null;
      stream.untilEnd();
      Quietly.close(socket);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RecoveryException e) {
      lastFailure = e;
      LOG.log(Level.DEBUG, "a connection through the tunnel failed", e);
    } catch (IOException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "a connection through the tunnel was given up on this side", e);
    } finally {
      Quietly.reset(socket);
      open.remove(socket);
      sessions.giveBack(session);
    }
  }
}
