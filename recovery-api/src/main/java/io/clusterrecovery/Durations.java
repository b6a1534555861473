package io.clusterrecovery;

import java.time.Duration;

/** How durations are printed for people. */
final class Durations {
  private Durations() {}

  static String words(Duration time) {
    long millis = time.toMillis();
    if (millis < 1_000) {
      return millis + " ms";
    }
    if (millis < 60_000) {
      return "%d.%d s".formatted(millis / 1_000, millis % 1_000 / 100);
    }
    return "%d min %02d s".formatted(time.toMinutes(), time.toSecondsPart());
  }
}
