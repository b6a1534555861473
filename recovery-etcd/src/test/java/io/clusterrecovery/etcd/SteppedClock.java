package io.clusterrecovery.etcd;

import io.clusterrecovery.Clock;
import java.time.Duration;
import java.time.Instant;

/** Time that only passes where somebody pauses; something may happen meanwhile. */
final class SteppedClock implements Clock {
  private final Runnable meanwhile;
  private Duration elapsed = Duration.ZERO;

  SteppedClock() {
    this(() -> {});
  }

  SteppedClock(Runnable meanwhile) {
    this.meanwhile = meanwhile;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plus(elapsed());
  }

  @Override
  public synchronized Duration elapsed() {
    return elapsed;
  }

  @Override
  public synchronized void pause(Duration time) {
    elapsed = elapsed.plus(time);
    meanwhile.run();
  }
}
