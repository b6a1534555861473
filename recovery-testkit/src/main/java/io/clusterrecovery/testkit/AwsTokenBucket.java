package io.clusterrecovery.testkit;

import java.util.function.LongSupplier;

/** Lets requests through as long as there are tokens, which come back at a steady rate. */
final class AwsTokenBucket {
  private static final double NANOS = 1e9;

  private final int capacity;
  private final int perSecond;
  private final LongSupplier nanoTime;
  private double tokens;
  private long last;

  AwsTokenBucket(int capacity, int perSecond, LongSupplier nanoTime) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.tokens = capacity;
    this.last = nanoTime.getAsLong();
  }

  synchronized boolean pass() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(capacity, tokens + (now - last) / NANOS * perSecond);
    last = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
