package io.clusterrecovery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The end of a run's time. */
record Deadline(@Nullable Duration end, Clock clock) {

  static Deadline none() {
    return new Deadline(null, Clock.system());
  }

  static Deadline in(Duration time, Clock clock) {
    return new Deadline(clock.elapsed().plus(time), clock);
  }

  Duration within(Duration limit) {
    if (end == null) {
      return limit;
    }
    Duration left = end.minus(clock.elapsed());
    Duration atLeast = left.isNegative() ? Duration.ZERO : left;
    return atLeast.compareTo(limit) < 0 ? atLeast : limit;
  }
}
