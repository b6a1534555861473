package io.clusterrecovery.aws;

import io.clusterrecovery.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock whose time passes only when somebody waits. */
final class PatientClock implements Clock {
  private Duration elapsed = Duration.ZERO;

  @Override
  public synchronized Instant now() {
    return Instant.EPOCH.plus(elapsed);
  }

  @Override
  public synchronized Duration elapsed() {
    return elapsed;
  }

  @Override
  public synchronized void pause(Duration time) {
    elapsed = elapsed.plus(time);
  }
}
