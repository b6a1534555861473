package io.clusterrecovery.examples;

import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Asks to be killed when a point is reached. Where the point is a moment between two lines, the
 * recovery stands still there until it is killed; within something that is under way it goes on.
 */
final class KillSwitch implements EventListener {
  /** How long something is under way before this process is killed inside of it. */
  private static final int INSIDE_MILLIS = 250;

  private final KillPoint point;
  private final Runnable ask;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Timer timer = new Timer("kill switch", true);

  KillSwitch(KillPoint point, Runnable ask) {
    this.point = point;
    this.ask = ask;
  }

  @Override
  public void on(Event event) {
    if (point.isBefore(event) || point.isAfter(event)) {
      askOnce();
      standStill();
    } else if (point.isBegun(event)) {
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              askOnce();
            }
          },
          INSIDE_MILLIS);
    }
  }

  private void askOnce() {
    if (asked.compareAndSet(false, true)) {
      ask.run();
    }
  }

  private static void standStill() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a process that waits for its end", e);
    }
  }
}
