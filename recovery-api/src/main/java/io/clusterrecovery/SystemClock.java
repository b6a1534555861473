package io.clusterrecovery;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The machine's own clock. */
enum SystemClock implements Clock {
  INSTANCE;

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime());
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    boolean released = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    assert !released;
  }
}
