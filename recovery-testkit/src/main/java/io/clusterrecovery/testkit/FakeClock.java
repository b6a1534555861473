package io.clusterrecovery.testkit;

import io.clusterrecovery.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A clock whose time passes only when somebody pauses, or when the test says so: minutes of waiting
 * take no time. Thread-safe.
 */
public final class FakeClock implements Clock {
  /** What the clock shows at first. */
  public static final Instant START = Instant.parse("2026-11-23T01:00:00Z");

  private final List<Duration> pauses = new ArrayList<>();
  private Duration elapsed = Duration.ZERO;
  private volatile Runnable duringPauses = () -> {};

  @Override
  public synchronized Instant now() {
    return START.plus(elapsed);
  }

  @Override
  public synchronized Duration elapsed() {
    return elapsed;
  }

  /** Lets that time pass at once, and then what was given to {@link #duringPauses} happen. */
  @Override
  public void pause(Duration time) throws InterruptedException {
    stopIfInterrupted();
    synchronized (this) {
      pauses.add(time);
      advance(time.isNegative() ? Duration.ZERO : time);
    }
    duringPauses.run();
    stopIfInterrupted();
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Lets time pass without anybody pausing. */
  public synchronized void advance(Duration time) {
    elapsed = elapsed.plus(time);
  }

  /**
   * Says what happens while somebody pauses, in place of what was said before: another operator
   * acts, a node becomes ready, the thread is interrupted.
   *
   * @param happens runs in the thread that pauses
   * @return this clock
   */
  public FakeClock duringPauses(Runnable happens) {
    duringPauses = Objects.requireNonNull(happens, "happens");
    return this;
  }

  /** {@return all pauses so far, in order} */
  public synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  /** {@return what it shows} */
  @Override
  public String toString() {
    return "fake clock at " + now();
  }
}
