package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A wait that has a name, a limit, and a pace of looking.
 *
 * @param name what is waited for, as it is shown to people
 * @param limit how long at most, more than zero; a run's deadline may shorten it
 * @param every the time between two looks, more than zero
 */
public record Wait(String name, Duration limit, Duration every) {
  private static final Duration DEFAULT_PACE = Duration.ofMillis(500);

  /** Checks the bounds. */
  public Wait {
    requireNonNull(name, "name");
    positive(limit, "limit");
    positive(every, "every");
  }

  /** {@return a wait that looks every 500 ms} */
  public static Wait named(String name, Duration limit) {
    return new Wait(name, limit, DEFAULT_PACE);
  }

  /** {@return this wait with another time between two looks} */
  public Wait every(Duration pace) {
    return new Wait(name, limit, pace);
  }

  private static void positive(Duration time, String name) {
    requireNonNull(time, name);
    if (time.isZero() || time.isNegative()) {
      throw new IllegalArgumentException(name + " must be more than zero, was " + time);
    }
  }
}
