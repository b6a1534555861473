package io.clusterrecovery.k8s;

import io.clusterrecovery.Clock;
import java.time.Duration;

/** Reads all objects again and again, so that a test's own clock decides when. */
record ListedObjects(WatchedObjects objects, Clock clock) implements ObjectFeed {

  ListedObjects(KubeApi api, Clock clock, String path, ObjectStore store) {
    this(new WatchedObjects(api, clock, path, store), clock);
  }

  @Override
  public void list() {
    objects.list();
  }

  @Override
  public void next(Duration patience) {
    try {
      clock.pause(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    list();
  }

  @Override
  public void close() {
    objects.close();
  }
}
