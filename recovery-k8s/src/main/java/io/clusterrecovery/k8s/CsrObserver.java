package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at the certificate requests of a cluster; remembers when it first saw each. */
final class CsrObserver implements AutoCloseable {
  /** Old objects may be deleted meanwhile, so that what was held for them is not any more. */
  private static final Duration OBJECTS_FRESH = Duration.ofSeconds(5);

  private final KubeApi api;
  private final CsrApi csrs;
  private final Clock clock;
  private final Set<String> nodes;
  private final KnownCsrs known;
  private final ObjectFeed feed;
  private final OldObjects objects;
  private final KubeletHosts hosts;
  private final Map<String, Duration> firstSeen = new HashMap<>();
  private Map<String, List<OldObject>> found = Map.of();
  private @Nullable Duration objectsRead;
  private @Nullable ServerTime time;

  CsrObserver(
      KubeApi api,
      CsrApi csrs,
      Clock clock,
      Set<String> nodes,
      ObjectFeed.Source feeds,
      KubeletHosts hosts) {
    this.api = api;
    this.csrs = csrs;
    this.clock = clock;
    this.nodes = Set.copyOf(nodes);
    this.known = new KnownCsrs(nodes);
    this.feed = feeds.open(api, clock, csrs.path(), known);
    this.hosts = hosts;
    this.objects = new OldObjects(api, nodes);
  }

  /** {@return the API server's clock, asked anew} */
  ServerTime askTime() {
    ServerTime asked = ServerTime.ask(api, clock);
    time = asked;
    return asked;
  }

  /** {@return every request, read anew} */
  CsrWorld readAll() {
    feed.list();
    objectsRead = null;
    hosts.forget();
    return world(List.copyOf(known.all()));
  }

  /** {@return the requests that name an expected node, as soon as any request has changed} */
  CsrWorld look(Duration patience) {
    feed.next(patience);
    return world(known.all().stream().filter(r -> nodes.contains(r.node())).toList());
  }

  /** {@return that request as it is now, if it is still there} */
  Optional<CertificateRequest> find(String name) {
    Optional<Reply> reply = api.find(csrs.path(name));
    if (reply.isEmpty()) {
      known.remove(name);
    }
    return reply.map(r -> seen(r.body()));
  }

  /** Takes note of a request that the API has just shown. */
  CertificateRequest seen(JsonObject document) {
    return known.put(document);
  }

  @Override
  public void close() {
    feed.close();
  }

  private CsrWorld world(List<CertificateRequest> requests) {
    Map<String, Duration> seenFor =
        requests.stream()
            .filter(r -> nodes.contains(r.node()))
            .collect(Collectors.toMap(CertificateRequest::uid, this::age, (a, b) -> a));
    firstSeen.keySet().retainAll(seenFor.keySet());
    return new CsrWorld(requests, objects(requests), hosts.looks(requests, serverTime()), seenFor);
  }

  private Duration age(CertificateRequest request) {
    Duration now = clock.elapsed();
    Duration seen = now.minus(firstSeen.computeIfAbsent(request.uid(), u -> now));
    Duration told = Duration.between(request.created(), serverTime().now(clock));
    return told.compareTo(seen) > 0 ? told : seen;
  }

  private ServerTime serverTime() {
    ServerTime known = time == null ? ServerTime.ask(api, clock) : time;
    time = known;
    return known;
  }

  private Map<String, List<OldObject>> objects(List<CertificateRequest> requests) {
    boolean asked = requests.stream().anyMatch(r -> r.state() == CsrState.PENDING);
    Duration now = clock.elapsed();
    if (objectsRead == null || (asked && now.minus(objectsRead).compareTo(OBJECTS_FRESH) > 0)) {
      found = objects.read();
      objectsRead = now;
    }
    return found;
  }
}
