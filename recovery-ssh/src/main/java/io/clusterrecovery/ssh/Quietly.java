package io.clusterrecovery.ssh;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Closes what is of no use any more. */
final class Quietly {
  private static final Logger LOG = System.getLogger(Quietly.class.getName());

  private Quietly() {}

  static void close(Closeable unused) {
    try {
      unused.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "could not be closed", e);
    }
  }
}
