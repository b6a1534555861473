package io.clusterrecovery.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** What health checks find: ports that take connections, until they fail. */
final class Masters implements AutoCloseable {
  private final List<ServerSocket> serving = new ArrayList<>();

  void serve(String ip, int port) throws IOException {
    ServerSocket master = new ServerSocket();
    master.bind(new InetSocketAddress(ip, port));
    serving.add(master);
    Thread accepting = new Thread(() -> accept(master), "master " + ip);
    accepting.setDaemon(true);
    accepting.start();
  }

  // Nobody else takes the connections out of the queue, which holds no more than fifty.
  private static void accept(ServerSocket master) {
    while (!master.isClosed()) {
      try {
        master.accept().close();
      } catch (IOException e) {
        // Closed, or a check that hung up first; the next round tells.
      }
    }
  }

  void fail(String ip, int port) {
    try {
      for (ServerSocket master : serving) {
        if (master.getLocalSocketAddress().equals(new InetSocketAddress(ip, port))) {
          master.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket master : serving) {
      master.close();
    }
  }
}
