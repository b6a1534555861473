package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.RecoveryException;
import java.time.Duration;

/** Takes up what a lost connection has interrupted, with growing pauses, within one limit. */
final class Retries {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

  private final String what;
  private final Clock clock;
  private final Duration limit;
  private final Failures failures;
  private Duration since;
  private Duration pause = FIRST_PAUSE;
  private long furthest;

  /**
   * Begins.
   *
   * @param limit how long to go on without getting any further
   */
  Retries(String what, Clock clock, Duration limit, Failures failures) {
    this.what = what;
    this.clock = clock;
    this.limit = limit;
    this.failures = failures;
    this.since = clock.elapsed();
  }

  /** Whether a failure is one that the next try may not meet. */
  static boolean helpAgainst(RecoveryException e) {
    return Away.is(e);
  }

  /** Notes how far it has come; getting further is worth a new limit. */
  void reached(long bytes) {
    if (bytes > furthest) {
      furthest = bytes;
      since = clock.elapsed();
      pause = FIRST_PAUSE;
    }
  }

  /** Pauses before the next try; false, at once, if the limit is reached. */
  boolean pause() {
    Duration left = limit.minus(clock.elapsed().minus(since));
    if (left.isNegative() || left.isZero()) {
      return false;
    }
    try {
      clock.pause(left.compareTo(pause) < 0 ? left : pause);
    } catch (InterruptedException e) {
      throw failures.interrupted(what, "whether the file was put in place", e);
    }
    Duration twice = pause.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    return true;
  }
}
