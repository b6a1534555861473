package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits in tests for a state, within a limit. */
final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration EVERY = Duration.ofMillis(50);

  private Eventually() {}

  static void holds(String what, BooleanSupplier state) {
    Clock clock = Clock.system();
    Duration end = clock.elapsed().plus(LIMIT);
    while (!state.getAsBoolean()) {
      if (clock.elapsed().compareTo(end) > 0) {
        throw new AssertionError("not within " + LIMIT + ": " + what);
      }
      try {
        clock.pause(EVERY);
      } catch (InterruptedException e) {
        throw new AssertionError("interrupted while waiting for: " + what, e);
      }
    }
  }
}
