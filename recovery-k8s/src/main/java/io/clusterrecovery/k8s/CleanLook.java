package io.clusterrecovery.k8s;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at a cluster by every check; the settings' time is by the API server's clock. */
record CleanLook(KubeApi api, CleanSettings settings) {
  /** All checks, in the order in which things are mended. */
  private static final List<ClusterCheck<?>> CHECKS =
      List.of(
          new BlockingWebhooks(),
          new StaleNodes(),
          new DeadLeaders(),
          new LeaderLocks(),
          new StoreLeases(),
          new ApiEndpoints(),
          new SignerPod(),
          new StoreAlarms(),
          new WatchCaches(),
          new DegradedOperators());

  Map<ClusterCheck<?>, Diagnosis> all() {
    Map<ClusterCheck<?>, Diagnosis> seen = new LinkedHashMap<>();
    CHECKS.forEach(check -> seen.put(check, check.look(api, settings)));
    return seen;
  }

  /** {@return that remedy as it is now, if it is still needed} */
  Optional<Remedy> again(ClusterCheck<?> check, Remedy remedy) {
    return check.look(api, settings).remedies().stream()
        .filter(now -> now.change().id().equals(remedy.change().id()))
        .findFirst();
  }

  static List<CheckResult> results(Map<ClusterCheck<?>, Diagnosis> seen) {
    return seen.entrySet().stream()
        .map(e -> new CheckResult(e.getKey().name(), e.getValue().facts(), e.getValue().verdict()))
        .toList();
  }
}
