package io.clusterrecovery.k8s;

import io.clusterrecovery.RemoteHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the caller said.
 *
 * @param createdAfter by the clock of the run
 * @param newestAllowed whether the newest of several may be taken
 * @param hosts the hosts of those nodes that can be looked at
 * @param named requests that the caller has named, which settles which of several is meant
 */
record CsrSettings(
    Map<String, ExpectedNode> nodes,
    Instant createdAfter,
    Requester requester,
    Set<String> lost,
    Set<String> named,
    boolean newestAllowed,
    Map<String, RemoteHost> hosts,
    Duration rivalWait,
    Duration clientLimit,
    Duration servingLimit) {
  static final Duration RIVAL_WAIT = Duration.ofSeconds(10);
  static final Duration CLIENT_LIMIT = Duration.ofMinutes(20);
  static final Duration SERVING_LIMIT = Duration.ofMinutes(10);

  CsrSettings {
    nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    lost = Set.copyOf(lost);
    named = Set.copyOf(named);
    hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
  }

  List<String> names() {
    return List.copyOf(nodes.keySet());
  }

  /** {@return each forcing that the caller wrote} */
  List<String> forced() {
    List<String> forced = new ArrayList<>();
    named.stream().sorted().forEach(n -> forced.add("approveRequest(" + n + ")"));
    if (newestAllowed) {
      forced.add("allowNewest()");
    }
    if (rivalWait.compareTo(RIVAL_WAIT) < 0) {
      forced.add("rivalWait(" + rivalWait + ")");
    }
    hosts.values().forEach(host -> forced.addAll(host.forced()));
    return forced;
  }
}
