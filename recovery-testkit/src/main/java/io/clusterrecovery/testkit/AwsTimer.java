package io.clusterrecovery.testkit;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Repeats the simulator's own work; a round that fails is logged and the next one comes. */
final class AwsTimer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AwsTimer.class.getName());

  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(2, AwsThreads.named("aws-timer"));
  private final List<Future<?>> repeated = new CopyOnWriteArrayList<>();

  void repeat(String what, Duration pause, Runnable work) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.log(Level.WARNING, what + " failed, and is tried again", e);
          }
        };
    long millis = pause.toMillis();
    repeated.add(threads.scheduleWithFixedDelay(guarded, millis, millis, TimeUnit.MILLISECONDS));
  }

  @Override
  public void close() {
    repeated.forEach(work -> work.cancel(true));
    threads.shutdownNow();
  }
}
