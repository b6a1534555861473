package io.clusterrecovery.k8s;

import io.clusterrecovery.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads all objects once, and then hears of each change by one watch.
 *
 * <p>A watch that broke is made again from the last version that was heard of. Where the API server
 * no longer knows that version, as after a restore of etcd, all is read anew.
 */
final class WatchedObjects implements ObjectFeed {
  private final KubeApi api;
  private final Clock clock;
  private final String path;
  private final ObjectStore store;
  private @Nullable Watch watch;
  private String version = "";
  private boolean failed;

  WatchedObjects(KubeApi api, Clock clock, String path, ObjectStore store) {
    this.api = api;
    this.clock = clock;
    this.path = path;
    this.store = store;
  }

  @Override
  public void list() {
    close();
    version = "";
    ObjectStore.Renewal renewal = store.renew();
    String read = Pages.each(api, path, renewal::add);
    renewal.done();
    version = read;
  }

  @Override
  public void next(Duration patience) {
    try {
      if (failed) {
        clock.pause(patience);
      }
      failed = true;
      Watch open = watching();
      open.take(patience).forEach(this::apply);
      failed = false;
    } catch (InterruptedException e) {
      // Whoever waits sees the flag, and stops.
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
      watch = null;
    }
  }

  private Watch watching() {
    if (version.isEmpty()) {
      list();
    }
    Watch open = watch;
    if (open == null) {
      open = opened();
      watch = open;
    }
    return open;
  }

  private Watch opened() {
    try {
      return Watch.open(api, path, version);
    } catch (ApiFailure e) {
      if (e.answered() && !e.denied()) {
        version = "";
      }
      throw e;
    }
  }

  private void apply(WatchEvent event) {
    switch (event.type()) {
      case ADDED, MODIFIED -> store.add(event.object());
      case DELETED -> store.drop(event.object());
      case BOOKMARK -> {}
      case ENDED -> close();
      case ERROR -> {
        close();
        version = "";
      }
    }
    String heard = Doc.text(event.object(), "metadata", "resourceVersion");
    if (event.type().tellsVersion() && !heard.isEmpty()) {
      version = heard;
    }
  }
}
