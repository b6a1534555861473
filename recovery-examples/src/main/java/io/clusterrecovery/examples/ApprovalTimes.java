package io.clusterrecovery.examples;

import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hears when a run waits for requests, and when it has approved each. */
final class ApprovalTimes implements EventListener {
  private static final long LIMIT_SECONDS = 60;

  private final Map<String, Long> approved = new ConcurrentHashMap<>();
  private final CountDownLatch waiting = new CountDownLatch(1);

  @Override
  public void on(Event event) {
    if (event instanceof Event.WaitStarted) {
      waiting.countDown();
    } else if (event instanceof Event.ChangeFinished e) {
      approved.put(e.change().id(), System.nanoTime());
    }
  }

  void awaitWaiting() throws InterruptedException {
    if (!waiting.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the run waits for nothing");
    }
  }

  /** The seconds from each of these moments to the approval of that request, the most of them. */
  double slowestSince(Map<String, Long> posted) {
    return posted.entrySet().stream().mapToLong(e -> at(e.getKey()) - e.getValue()).max().orElse(0)
        / 1e9;
  }

  private long at(String change) {
    Long time = approved.get(change);
    if (time == null) {
      throw new IllegalStateException("the run did not tell of " + change);
    }
    return time;
  }
}
