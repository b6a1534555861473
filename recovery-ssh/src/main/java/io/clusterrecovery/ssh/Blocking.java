package io.clusterrecovery.ssh;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Makes calls of the SSH library, which swallows interrupts, bounded and interruptible. */
final class Blocking {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  private Blocking() {}

  /**
   * Calls in a thread of its own.
   *
   * @param worthIt whether it can still succeed; the library does not notice by itself
   */
  static <T> T call(String name, Duration limit, BooleanSupplier worthIt, Callable<T> call)
      throws InterruptedException, TimeoutException, ExecutionException {
    FutureTask<T> task = new FutureTask<>(call);
    daemon(name, task);
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        long left = Math.min(end - System.nanoTime(), LOOK_NANOS);
        try {
          return task.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
          if (left < LOOK_NANOS || !worthIt.getAsBoolean()) {
            throw e;
          }
        }
      }
    } finally {
      // An interrupt makes the library give up before it asks the host for anything.
      task.cancel(true);
    }
  }

  static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
