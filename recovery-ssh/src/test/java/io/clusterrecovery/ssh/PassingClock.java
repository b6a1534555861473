package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock whose time passes only by pauses, which it keeps. */
final class PassingClock implements Clock {
  private final List<Duration> pauses = new ArrayList<>();
  private Duration elapsed = Duration.ZERO;

  List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plus(elapsed);
  }

  @Override
  public Duration elapsed() {
    return elapsed;
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(time);
    elapsed = elapsed.plus(time);
  }
}
