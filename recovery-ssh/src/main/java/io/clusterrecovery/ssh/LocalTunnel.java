package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.Tunnel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A local port whose connections go on from this machine. */
final class LocalTunnel implements Tunnel {
  private static final Logger LOG = System.getLogger(LocalTunnel.class.getName());
  private static final int BACKLOG = 50;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final String host;
  private final int port;
  private final ServerSocket server;
  private final Consumer<LocalTunnel> onClose;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private LocalTunnel(String host, int port, ServerSocket server, Consumer<LocalTunnel> onClose) {
    this.host = host;
    this.port = port;
    this.server = server;
    this.onClose = onClose;
  }

  static LocalTunnel open(String host, int port, Failures failures, Consumer<LocalTunnel> onClose) {
    try {
      ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(LOOPBACK));
      LocalTunnel tunnel = new LocalTunnel(host, port, server, onClose);
      Blocking.daemon("tunnel-" + host + ":" + port, tunnel::acceptAll);
      return tunnel;
    } catch (IOException e) {
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
  public void close() {
    Quietly.close(server);
    open.forEach(Quietly::close);
    onClose.accept(this);
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        keep(socket);
        Blocking.daemon("tunnel-" + host + ":" + port, () -> serve(socket));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "the tunnel takes no more connections", e);
        Quietly.close(server);
      }
    }
  }

  /** One that comes while the tunnel is being closed is not missed: it is closed here or there. */
  private void keep(Socket socket) {
    open.add(socket);
    if (server.isClosed()) {
      Quietly.close(socket);
    }
  }

  private void serve(Socket here) {
    try (here;
        Socket there = new Socket(host, port)) {
      keep(there);
      Thread back = Blocking.daemon("tunnel-back-" + host + ":" + port, () -> pump(there, here));
      pump(here, there);
      // The other side may still have something to say.
      back.join();
      open.remove(there);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection through the tunnel ended", e);
    } finally {
      open.remove(here);
    }
  }

  /** The end of one direction is passed on, and leaves the other as it is. */
  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection through the tunnel broke", e);
      Quietly.close(from);
      Quietly.close(to);
    }
  }
}
