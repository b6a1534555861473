package io.clusterrecovery.k8s;

import java.time.Duration;

/** Text that comes from elsewhere, made fit for a terminal and a report. */
final class Shown {
  private static final int LONGEST = 200;

  private Shown() {}

  /** {@return the text on one line, without control characters, cut to a readable length} */
  static String text(String raw) {
    String plain = raw.replaceAll("[^\\p{L}\\p{N}\\p{P}\\p{S} ]+", " ").strip();
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }

  static String quoted(String raw) {
    return "'" + text(raw) + "'";
  }

  static String seconds(Duration time) {
    return time.toSeconds() + " s";
  }
}
