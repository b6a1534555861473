package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads all requests once, and then hears of each change by one watch.
 *
 * <p>A watch that broke is made again from the last version that was heard of. Where the API server
 * no longer knows that version, as after a restore of etcd, all is read anew.
 */
final class WatchedCsrs implements CsrFeed {
  private static final String PAGE = "500";

  private final KubeApi api;
  private final Clock clock;
  private final CsrApi csrs;
  private final KnownCsrs known;
  private @Nullable Watch watch;
  private String version = "";
  private boolean failed;

  WatchedCsrs(KubeApi api, Clock clock, CsrApi csrs, Set<String> nodes) {
    this.api = api;
    this.clock = clock;
    this.csrs = csrs;
    this.known = new KnownCsrs(nodes);
  }

  @Override
  public Collection<CertificateRequest> list() {
    close();
    version = "";
    KnownCsrs.Renewal renewal = known.renew();
    String next = "";
    do {
      JsonObject page = api.get(csrs.path(), "limit", PAGE, "continue", next).body();
      Doc.objects(page, "items").forEach(renewal::add);
      next = Doc.text(page, "metadata", "continue");
      version = Doc.text(page, "metadata", "resourceVersion");
    } while (!next.isEmpty());
    renewal.done();
    return known.all();
  }

  @Override
  public Collection<CertificateRequest> next(Duration patience) {
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
    return known.all();
  }

  @Override
  public CertificateRequest put(JsonObject document) {
    return known.put(document);
  }

  @Override
  public void remove(String name) {
    known.remove(name);
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
      return Watch.open(api, csrs.path(), version);
    } catch (ApiFailure e) {
      if (e.answered() && !e.denied()) {
        version = "";
      }
      throw e;
    }
  }

  private void apply(WatchEvent event) {
    switch (event.type()) {
      case ADDED, MODIFIED -> known.put(event.object());
      case DELETED -> known.remove(Doc.text(event.object(), "metadata", "name"));
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
