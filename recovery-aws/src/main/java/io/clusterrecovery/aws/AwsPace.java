package io.clusterrecovery.aws;

import io.clusterrecovery.RunContext;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Keeps the calls of one operation below what an account is allowed. One pace is shared by all
 * calls of an operation; other operations, and other programs, have their own, so being throttled
 * is still expected. Thread-safe.
 */
final class AwsPace {
  private static final Duration LONGEST_QUEUE = Duration.ofMinutes(10);

  private final RateLimiter limiter;

  private AwsPace(String name, Duration apart) {
    this.limiter =
        RateLimiter.of(
            name,
            RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(apart)
                .timeoutDuration(LONGEST_QUEUE)
                .build());
  }

  /**
   * One call each 340 ms. Calls follow each other, and each has a period of its own: between the
   * first and the last of six lie three whole periods at least, however late the first arrives. So
   * never more than the five arrive in a second that Route 53 allows an account.
   */
  static AwsPace ofRoute53() {
    return new AwsPace("Route 53", Duration.ofMillis(340));
  }

  /** Ten calls a second; what is allowed is not documented as one figure. */
  static AwsPace ofBalancing() {
    return new AwsPace("Elastic Load Balancing", Duration.ofMillis(100));
  }

  /** Lets the time pass until the next call may be made. */
  void take(RunContext run) {
    long nanos = limiter.reservePermission();
    if (nanos <= 0) {
      return;
    }
    try {
      run.clock().pause(Duration.ofNanos(nanos));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted before a call of AWS", e);
    }
  }
}
