package io.clusterrecovery.k8s;

import io.clusterrecovery.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock whose minutes are seconds, for waits that a real server has to be part of. */
final class HurriedClock implements Clock {
  private static final int TIMES = 60;

  private final Clock real = Clock.system();
  private final Instant start = real.now();
  private final Duration began = real.elapsed();

  @Override
  public Instant now() {
    return start.plus(elapsed());
  }

  @Override
  public Duration elapsed() {
    return real.elapsed().minus(began).multipliedBy(TIMES);
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    real.pause(time.dividedBy(TIMES));
  }
}
