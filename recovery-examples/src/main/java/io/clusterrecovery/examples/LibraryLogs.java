package io.clusterrecovery.examples;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What client libraries log by themselves, kept off the screen unless it is a warning. */
final class LibraryLogs {
  /** Held, since the logging framework itself forgets a logger that nobody holds. */
  private static final Logger ROOT = Logger.getLogger("");

  private LibraryLogs() {}

  static void onlyWarnings() {
    ROOT.setLevel(Level.WARNING);
  }
}
