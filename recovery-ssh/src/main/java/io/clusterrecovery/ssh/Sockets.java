package io.clusterrecovery.ssh;

import com.jcraft.jsch.SocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes the socket of one connection, and can close it while it is still being connected. */
final class Sockets implements SocketFactory {
  private final Duration limit;
  private final @Nullable Jump jump;
  private volatile @Nullable Socket socket;
  private volatile boolean closed;

  /**
   * Makes one socket.
   *
   * @param jump the way there, closed with the socket, or null if it is direct
   */
  Sockets(Duration limit, @Nullable Jump jump) {
    this.limit = limit;
    this.jump = jump;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    if (jump != null) {
      Socket made = jump.socket(host, port);
      socket = made;
      return made;
    }
    IOException failure = new UnknownHostException("the name " + host + " does not resolve here");
    for (InetAddress address : resolve(host)) {
      try {
        return connect(new InetSocketAddress(address, port));
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private static InetAddress[] resolve(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      return new InetAddress[0];
    }
  }

  private Socket connect(InetSocketAddress address) throws IOException {
    Socket made = new Socket();
    socket = made;
    if (closed) {
      made.close();
    }
    try {
      made.connect(address, (int) limit.toMillis());
      return made;
    } catch (IOException e) {
      Quietly.close(made);
      throw e;
    }
  }

  void close() {
    closed = true;
    Socket made = socket;
    if (made != null) {
      Quietly.close(made);
    }
    if (jump != null) {
      jump.close();
    }
  }

  @Override
  public InputStream getInputStream(Socket socket) throws IOException {
    return new PeerInput(socket, socket.getInputStream());
  }

  @Override
  public OutputStream getOutputStream(Socket socket) throws IOException {
    return socket.getOutputStream();
  }
}
