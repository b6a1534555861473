package io.clusterrecovery.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;

/** Closes what is of no use any more. */
final class Quietly {
  private static final Logger LOG = System.getLogger(Quietly.class.getName());

  private Quietly() {}

  /** Ends a connection so that its other side sees that it broke; one that was closed stays so. */
  static void reset(Socket broken) {
    try {
      if (!broken.isClosed()) {
        broken.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "could not be reset", e);
    }
    close(broken);
  }

  static void close(Closeable unused) {
    try {
      unused.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "could not be closed", e);
    }
  }
}
