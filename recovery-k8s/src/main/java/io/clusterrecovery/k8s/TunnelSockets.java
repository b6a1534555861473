package io.clusterrecovery.k8s;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Makes sockets that connect to one local port, whatever they are told to connect to. */
final class TunnelSockets extends SocketFactory {
  private final int port;

  TunnelSockets(int port) {
    this.port = port;
  }

  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public void connect(SocketAddress asked) throws IOException {
        super.connect(tunnel());
      }

      @Override
      public void connect(SocketAddress asked, int timeout) throws IOException {
        super.connect(tunnel(), timeout);
      }
    };
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return connected();
  }

  private Socket connected() throws IOException {
    Socket socket = createSocket();
    socket.connect(tunnel());
    return socket;
  }

  private SocketAddress tunnel() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
