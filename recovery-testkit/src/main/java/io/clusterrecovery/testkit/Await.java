package io.clusterrecovery.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a state of the lab: by name, up to a limit, until interrupted. */
final class Await {
  private static final long INTERVAL_MILLIS = 25;

  private Await() {}

  static void until(String what, Duration limit, BooleanSupplier holds) {
    value(what, limit, () -> holds.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** {@return whether it held within the limit} */
  static boolean holds(Duration limit, BooleanSupplier holds) {
    long end = System.nanoTime() + limit.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() >= end) {
        return false;
      }
      pause("a state of the lab");
    }
    return true;
  }

  static <T> T value(String what, Duration limit, Supplier<Optional<T>> look) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<T> seen = look.get();
      if (seen.isPresent()) {
        return seen.get();
      }
      if (System.nanoTime() >= end) {
        throw new LabException("not within " + limit.toSeconds() + " s: " + what);
      }
      pause(what);
    }
  }

  private static void pause(String what) {
    try {
      // Nothing counts this latch down: it stands for the time until the next look.
      if (new CountDownLatch(1).await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("unreachable");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while waiting for: " + what, e);
    }
  }
}
