package io.clusterrecovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock whose time passes only when someone waits, or when the test says so. */
final class ManualClock implements Clock {
  private Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private Duration elapsed = Duration.ZERO;
  private final List<Duration> pauses = new ArrayList<>();
  private Runnable duringPause = () -> {};

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized Duration elapsed() {
    return elapsed;
  }

  @Override
  public synchronized void pause(Duration time) throws InterruptedException {
    pauses.add(time);
    duringPause.run();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    advance(time);
  }

  synchronized void advance(Duration time) {
    now = now.plus(time);
    elapsed = elapsed.plus(time);
  }

  synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  synchronized void duringPause(Runnable what) {
    duringPause = what;
  }
}
