package io.clusterrecovery.k8s;

import io.clusterrecovery.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock whose time passes only in pauses. */
final class FakeClock implements Clock {
  static final Instant START = Instant.parse("2026-11-23T01:00:00Z");

  private Duration elapsed = Duration.ZERO;

  @Override
  public synchronized Instant now() {
    return START.plus(elapsed);
  }

  @Override
  public synchronized Duration elapsed() {
    return elapsed;
  }

  @Override
  public synchronized void pause(Duration time) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    elapsed = elapsed.plus(time);
  }
}
