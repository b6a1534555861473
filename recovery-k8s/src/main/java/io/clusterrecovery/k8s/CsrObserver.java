package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at the certificate requests of a cluster; remembers when it first saw each. */
final class CsrObserver {
  private static final String PAGE = "500";

  private final KubeApi api;
  private final Clock clock;
  private final OldObjects objects;
  private final Map<String, Duration> firstSeen = new HashMap<>();
  private final Map<String, Content> contents = new HashMap<>();

  CsrObserver(KubeApi api, Clock clock, Set<String> nodes) {
    this.api = api;
    this.clock = clock;
    this.objects = new OldObjects(api, nodes);
  }

  /** {@return how far the API server's clock is ahead of this run's} */
  Duration serverAhead() {
    Optional<Instant> date = api.get("/version").date();
    return date.map(d -> Duration.between(clock.now(), d)).orElse(Duration.ZERO);
  }

  CsrWorld look() {
    List<CertificateRequest> requests = new ArrayList<>();
    Map<String, Duration> seenFor = new HashMap<>();
    String next = "";
    do {
      Reply page = api.get(CsrDocuments.PATH, "limit", PAGE, "continue", next);
      for (JsonObject document : Doc.objects(page.body(), "items")) {
        CertificateRequest request = read(document);
        requests.add(request);
        seenFor.put(request.uid(), age(request, page));
      }
      next = Doc.text(page.body(), "metadata", "continue");
    } while (!next.isEmpty());
    firstSeen.keySet().retainAll(seenFor.keySet());
    contents.keySet().retainAll(seenFor.keySet());
    return new CsrWorld(requests, objects.read(), seenFor);
  }

  /** {@return that request as it is now, if it is still there} */
  Optional<CertificateRequest> find(String name) {
    return api.find(CsrDocuments.PATH + "/" + name).map(reply -> read(reply.body()));
  }

  private CertificateRequest read(JsonObject document) {
    String uid = Doc.text(document, "metadata", "uid");
    // What was asked for never changes as long as the uid is the same, so it is verified once.
    Content content = contents.computeIfAbsent(uid, u -> CsrDocuments.content(document));
    return CsrDocuments.read(document, content);
  }

  private Duration age(CertificateRequest request, Reply page) {
    Duration now = clock.elapsed();
    Duration seen = now.minus(firstSeen.computeIfAbsent(request.uid(), u -> now));
    Duration told =
        page.date().map(d -> Duration.between(request.created(), d)).orElse(Duration.ZERO);
    return told.compareTo(seen) > 0 ? told : seen;
  }
}
