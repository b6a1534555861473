package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import java.io.IOException;
import java.net.Socket;

/** Connections go on from this machine. */
record DirectWay(String host, int port, Failures failures) implements TunnelWay {

  @Override
  public void serve(Socket socket, Runnable onOpen) throws IOException, InterruptedException {
    try (Socket there = connect()) {
      onOpen.run();
      if (new DirectStream(socket, there).untilEnd() == there) {
        throw failures.failed(
            Code.CONNECTION_LOST,
            "the connection to " + target() + " broke while something went through the tunnel.",
            "how much of it had arrived",
            "Connect to the tunnel again.");
      }
    }
  }

  private Socket connect() {
    try {
      return new Socket(host, port);
    } catch (IOException e) {
      throw failures.refused(
          Code.TUNNEL_REFUSED,
          "it cannot connect to " + target() + ": " + e.getMessage() + ".",
          "Check that the name resolves here and that something listens there.",
          e);
    }
  }

  private String target() {
    return host + ":" + port;
  }

  @Override
  public void close() {}
}
