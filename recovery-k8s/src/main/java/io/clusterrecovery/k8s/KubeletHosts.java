package io.clusterrecovery.k8s;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.k8s.KubeletLook.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at the kubelets of expected nodes, on the hosts that were given. */
final class KubeletHosts {
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Unknown NOT_YET = new Unknown("the host was not asked yet");

  private final Map<String, RemoteHost> hosts;
  private final Clock clock;
  private final Map<String, KubeletLook> looks = new HashMap<>();
  private final Map<String, Duration> lookedAt = new HashMap<>();
  private final Map<String, Set<String>> known = new HashMap<>();

  KubeletHosts(Map<String, RemoteHost> hosts, Clock clock) {
    this.hosts = Map.copyOf(hosts);
    this.clock = clock;
    hosts.keySet().forEach(node -> looks.put(node, NOT_YET));
  }

  /** Forgets what was seen. */
  void forget() {
    lookedAt.clear();
  }

  /**
   * {@return what is known of each node that has a host} A host is asked when there is a request of
   * its node that was not there when it was asked last, and while one is pending from time to time.
   */
  Map<String, KubeletLook> looks(Collection<CertificateRequest> requests, ServerTime time) {
    for (Map.Entry<String, RemoteHost> host : hosts.entrySet()) {
      String node = host.getKey();
      Set<CertificateRequest> own =
          requests.stream().filter(r -> r.node().equals(node)).collect(Collectors.toSet());
      if (needsLook(node, own)) {
        known.put(node, uids(own));
        looks.put(node, look(host.getValue(), time));
        lookedAt.put(node, clock.elapsed());
      }
    }
    return Map.copyOf(looks);
  }

  private boolean needsLook(String node, Set<CertificateRequest> requests) {
    if (requests.isEmpty()) {
      return false;
    }
    Duration last = lookedAt.get(node);
    if (last == null || !known.getOrDefault(node, Set.of()).containsAll(uids(requests))) {
      return true;
    }
    boolean pending = requests.stream().anyMatch(r -> r.state() == CsrState.PENDING);
    return pending && clock.elapsed().minus(last).compareTo(FRESH) > 0;
  }

  private static Set<String> uids(Set<CertificateRequest> requests) {
    Set<String> uids = new HashSet<>();
    requests.forEach(r -> uids.add(r.uid()));
    return uids;
  }

  private KubeletLook look(RemoteHost host, ServerTime time) {
    Instant before = time.now(clock);
    try {
      CommandResult result =
          host.run(Command.of("sh", "-c", KubeletScript.TEXT).asRoot().limit(LIMIT));
      return result.succeeded()
          ? KubeletScript.read(result.out(), before)
          : new Unknown("the look at " + host.name() + " failed: " + result.summary());
    } catch (RecoveryException e) {
      return new Unknown(host.name() + " could not be asked: " + Shown.text(e.toString()));
    }
  }
}
