package io.clusterrecovery.ssh;

import java.io.IOException;
import java.net.Socket;

/** Connections go on from the host, each by a {@link TunnelStream}. */
record SshWay(TunnelSessions sessions, String host, int port, Failures failures)
    implements TunnelWay {

  @Override
  public void serve(Socket socket, Runnable onOpen) throws IOException, InterruptedException {
    Connection session = sessions.take();
    try {
      TunnelStream stream = TunnelStream.open(session, socket, host, port, failures);
      onOpen.run();
      stream.untilEnd();
    } finally {
      sessions.giveBack(session);
    }
  }

  @Override
  public void close() {
    sessions.close();
  }
}
