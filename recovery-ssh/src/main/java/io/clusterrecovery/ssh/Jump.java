package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The way to a host through another one: a connection of its own to that one, since a slow reader
 * holds up all that goes through its connection. It ends with the connection that it carries.
 */
final class Jump implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Jump.class.getName());
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Connection connection;
  private final Failures failures;

  private Jump(Connection connection, Failures failures) {
    this.connection = connection;
    this.failures = failures;
  }

  /**
   * Connects to a jump host.
   *
   * @param behind the failures of the host behind it
   * @throws RefusedException if it cannot be reached or trusted, or does not accept the login
   */
  static Jump to(SshSettings via, Failures behind) {
    Failures failures = new Failures(via.address());
    Connection connection = new Connection(via, failures);
    try {
      connection.connect();
      return new Jump(connection, failures);
    } catch (RefusedException e) {
      Code code = e.code() == Code.HOST_UNREACHABLE ? Code.JUMP_HOST_UNREACHABLE : e.code();
      throw behind.refused(
          code, "its jump host cannot be used: " + e.found(), "There: " + e.next(), e);
    }
  }

  /** {@return a socket whose other end is a port as the jump host reaches it} */
  Socket socket(String host, int port) throws IOException {
    try (ServerSocket meeting = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
      Socket near = new Socket(meeting.getInetAddress(), meeting.getLocalPort());
      try {
        carry(met(meeting, near), host, port);
        return near;
      } catch (IOException e) {
        Quietly.close(near);
        throw e;
      }
    }
  }

  private static Socket met(ServerSocket meeting, Socket near) throws IOException {
    Socket far = meeting.accept();
    if (far.getPort() != near.getLocalPort()) {
      Quietly.close(far);
      throw new IOException("another program of this machine came between");
    }
    return far;
  }

  private void carry(Socket far, String host, int port) throws IOException {
    try {
      TunnelStream stream = TunnelStream.open(connection, far, host, port, failures);
      Blocking.daemon("ssh-jump-" + failures.host(), () -> untilEnd(stream, far));
    } catch (RecoveryException e) {
      Quietly.close(far);
      IOException refused = new IOException(e.found().replaceFirst("\\.$", ""));
      refused.addSuppressed(e);
      throw refused;
    }
  }

  private void untilEnd(TunnelStream stream, Socket far) {
    try (this;
        far) {
      stream.untilEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RecoveryException e) {
      LOG.log(Level.DEBUG, "a connection through a jump host ended", e);
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
