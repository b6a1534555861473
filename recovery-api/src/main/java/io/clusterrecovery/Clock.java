package io.clusterrecovery;

import java.time.Duration;
import java.time.Instant;

/**
 * The time an operation goes by: handed in, never taken, so that a test decides how fast it passes.
 *
 * <p>Use {@link #now()} for stamps that people read, {@link #elapsed()} for durations and limits: a
 * wall clock may be set back in the middle of a recovery. Implementations are thread-safe.
 */
public interface Clock {

  /** {@return the wall time, for stamps} */
  Instant now();

  /** {@return monotonic time since an arbitrary origin, for durations and limits} */
  Duration elapsed();

  /**
   * Lets the given time pass.
   *
   * @param time how long; zero or less returns at once
   * @throws InterruptedException if the thread is interrupted before or meanwhile
   */
  void pause(Duration time) throws InterruptedException;

  /** {@return the clock of this machine} */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
