package io.clusterrecovery.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Lets a number of requests through in any window of one second, as Route 53 does per account. */
final class AwsRateLimit {
  private static final long WINDOW = Duration.ofSeconds(1).toNanos();

  private final int perSecond;
  private final LongSupplier nanoTime;
  private final Deque<Long> passed = new ArrayDeque<>();

  AwsRateLimit(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
  }

  synchronized boolean pass() {
    long now = nanoTime.getAsLong();
    Long oldest = passed.peekFirst();
    while (oldest != null && now - oldest >= WINDOW) {
      passed.removeFirst();
      oldest = passed.peekFirst();
    }
    if (passed.size() >= perSecond) {
      return false;
    }
    passed.addLast(now);
    return true;
  }
}
