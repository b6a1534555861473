package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/** Reads all requests again and again, so that a test's own clock decides when. */
record ListedCsrs(WatchedCsrs requests, Clock clock) implements CsrFeed {

  ListedCsrs(KubeApi api, Clock clock, CsrApi csrs, Set<String> nodes) {
    this(new WatchedCsrs(api, clock, csrs, nodes), clock);
  }

  @Override
  public Collection<CertificateRequest> list() {
    return requests.list();
  }

  @Override
  public Collection<CertificateRequest> next(Duration patience) {
    try {
      clock.pause(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return list();
  }

  @Override
  public CertificateRequest put(JsonObject document) {
    return requests.put(document);
  }

  @Override
  public void remove(String name) {
    requests.remove(name);
  }

  @Override
  public void close() {
    requests.close();
  }
}
