package io.clusterrecovery.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
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

/**
 * A local port whose connections go on from the host.
 *
 * <p>It has a session of its own: a reader that is slow here holds up its session, which must not
 * be the one that commands go through. The session is made anew when it was lost.
 */
final class PortTunnel implements Tunnel {
  private static final Logger LOG = System.getLogger(PortTunnel.class.getName());
  private static final int BACKLOG = 50;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final String host;
  private final int port;
  private final Connection connection;
  private final ServerSocket server;
  private final Consumer<PortTunnel> onClose;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private PortTunnel(
      String host,
      int port,
      Connection connection,
      ServerSocket server,
      Consumer<PortTunnel> onClose) {
    this.host = host;
    this.port = port;
    this.connection = connection;
    this.server = server;
    this.onClose = onClose;
  }

  static PortTunnel open(
      SshSettings settings,
      Failures failures,
      String host,
      int port,
      Consumer<PortTunnel> onClose) {
    Connection connection = new Connection(settings, failures);
    boolean opened = false;
    try {
      connection.connect();
      ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(LOOPBACK));
      PortTunnel tunnel = new PortTunnel(host, port, connection, server, onClose);
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
        connection.close();
      }
    }
  }

  @Override
  public int localPort() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    Quietly.close(server);
    connection.close();
    open.forEach(Quietly::close);
    onClose.accept(this);
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        Blocking.daemon("ssh-tunnel-" + host + ":" + port, () -> serve(socket));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "the tunnel takes no more connections", e);
        Quietly.close(server);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket;
        InputStream in = socket.getInputStream()) {
      TunnelSink sink = new TunnelSink(socket);
      ChannelDirectTCPIP channel =
          connection.open(
              "direct-tcpip",
              ChannelDirectTCPIP.class,
              c -> {
                c.setHost(host);
                c.setPort(port);
                c.setOutputStream(sink);
              });
      try (OutputStream out = channel.getOutputStream()) {
        pump(in, out);
      }
      // The other side may still have something to say.
      sink.awaitEnd();
      channel.disconnect();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RecoveryException | IllegalStateException e) {
      LOG.log(Level.DEBUG, "a connection through the tunnel ended", e);
    } finally {
      open.remove(socket);
    }
  }

  private static void pump(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[32 << 10];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
      out.flush();
    }
  }
}
