package io.clusterrecovery.ssh;

import java.nio.charset.StandardCharsets;

/**
 * How a POSIX shell is reached through any login shell: that one gets a line without anything that
 * some shell reads in its own way, and the text for the other comes by standard input.
 */
final class Bootstrap {
  private static final String FIRST = "#cluster-recovery";
  private static final String LAST = "#end";

  /** Exit status if the text did not arrive as it was sent. */
  static final int GARBLED = 97;

  private Bootstrap() {}

  /**
   * {@return the line for a login shell}
   *
   * <p>A lost connection, or a start-up file that reads standard input, must not make half a text
   * be run: it is compared with both its ends. The login shell must not stay, since it would tell
   * of a signal in its own way.
   */
  static String line(int bytes) {
    return "exec sh -c 't=$(head -c %d); case $t in \"%s\"*\"%s\") eval \"$t\";; *) exit %d;; esac'"
        .formatted(bytes, FIRST, LAST, GARBLED);
  }

  static byte[] text(String text) {
    return (FIRST + "\n" + text + "\n" + LAST).getBytes(StandardCharsets.UTF_8);
  }
}
