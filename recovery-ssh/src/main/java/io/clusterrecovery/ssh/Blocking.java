package io.clusterrecovery.ssh;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes calls of the SSH library, which swallows interrupts, bounded and interruptible. */
final class Blocking {
  private Blocking() {}

  static <T> T call(String name, Duration limit, Callable<T> call)
      throws InterruptedException, TimeoutException, ExecutionException {
    FutureTask<T> task = new FutureTask<>(call);
    daemon(name, task);
    return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
