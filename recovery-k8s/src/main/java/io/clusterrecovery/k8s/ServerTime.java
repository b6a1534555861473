package io.clusterrecovery.k8s;

import io.clusterrecovery.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The API server's clock, as it was once seen and goes on since.
 *
 * @param seen what it showed
 * @param at when that was, by the run's own monotonic time
 */
record ServerTime(Instant seen, Duration at) {
  /** Times come to the second from the API server, so two are allowed between the clocks. */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** Asks the server for its time; one that doesn't tell is taken to go right. */
  static ServerTime ask(KubeApi api, Clock clock) {
    Instant seen = api.get("/version").date().orElseGet(clock::now);
    return new ServerTime(seen, clock.elapsed());
  }

  Instant now(Clock clock) {
    return seen.plus(clock.elapsed().minus(at));
  }

  /** {@return how far the server's clock is ahead of the run's} */
  Duration ahead(Clock clock) {
    return Duration.between(clock.now(), now(clock));
  }

  /** {@return the earliest that a time of the run may be by the server's clock} */
  Instant earliest(Instant ofThisRun, Clock clock) {
    return ofThisRun.plus(ahead(clock)).minus(TOLERANCE);
  }
}
