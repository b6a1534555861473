package io.clusterrecovery.examples;

import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import java.util.List;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Asks to be killed when the first of some points is reached. Where that is a moment between two
 * lines, the recovery stands still there until it is killed; within something that is under way it
 * goes on, to its end at most.
 */
final class KillSwitch implements EventListener {
  /** How long something is under way before this process is killed inside of it. */
  private static final int INSIDE_MILLIS = 250;

  private final List<KillPoint> points;
  private final Consumer<KillPoint> ask;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Timer timer = new Timer("kill switch", true);

  KillSwitch(List<KillPoint> points, Consumer<KillPoint> ask) {
    this.points = List.copyOf(points);
    this.ask = ask;
  }

  @Override
  public void on(Event event) {
    Optional<KillPoint> here =
        points.stream().filter(p -> p.isBefore(event) || p.isAfter(event)).findFirst();
    if (here.isPresent()) {
      askOnce(here.get());
      standStill();
    }
    points.stream().filter(p -> p.isBegun(event)).findFirst().ifPresent(this::askSoon);
  }

  private void askSoon(KillPoint point) {
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            askOnce(point);
          }
        },
        INSIDE_MILLIS);
  }

  private void askOnce(KillPoint point) {
    if (asked.compareAndSet(false, true)) {
      ask.accept(point);
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
