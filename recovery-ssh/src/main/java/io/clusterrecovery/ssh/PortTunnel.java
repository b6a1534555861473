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

/** A local port whose connections go on by a {@link TunnelWay}. */
final class PortTunnel implements Tunnel {
  private static final Logger LOG = System.getLogger(PortTunnel.class.getName());
  private static final int BACKLOG = 50;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final TunnelWay way;
  private final ServerSocket server;
  private final Consumer<PortTunnel> onClose;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable RecoveryException lastFailure;

  private PortTunnel(TunnelWay way, ServerSocket server, Consumer<PortTunnel> onClose) {
    this.way = way;
    this.server = server;
    this.onClose = onClose;
  }

  /** Opens a port; the way is closed with it, also if there is no port to be had. */
  static PortTunnel open(TunnelWay way, Failures failures, Consumer<PortTunnel> onClose) {
    try {
      ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(LOOPBACK));
      PortTunnel tunnel = new PortTunnel(way, server, onClose);
      Blocking.daemon("tunnel-" + server.getLocalPort(), tunnel::acceptAll);
      return tunnel;
    } catch (IOException e) {
      way.close();
      throw failures.refused(
          Code.UNEXPECTED,
          "no local port could be opened: " + e.getMessage() + ".",
          "Free ports or file descriptors of this process.",
          e);
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
    way.close();
    onClose.accept(this);
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        keep(socket);
        Blocking.daemon("tunnel-" + localPort(), () -> serve(socket));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "the tunnel takes no more connections", e);
        Quietly.close(server);
      }
    }
  }

  /** One that comes while the tunnel is being closed is not missed: it is reset here or there. */
  private void keep(Socket socket) {
    open.add(socket);
    if (server.isClosed()) {
      Quietly.reset(socket);
    }
  }

  private void serve(Socket socket) {
    try {
      way.serve(socket, () -> lastFailure = null);
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
    }
  }
}
