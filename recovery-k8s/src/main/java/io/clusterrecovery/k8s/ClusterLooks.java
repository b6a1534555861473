package io.clusterrecovery.k8s;

import io.clusterrecovery.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Single looks at how a cluster is. */
final class ClusterLooks {
  private static final String CONTROLLERS = "kube-controller-manager";

  private final KubeApi api;
  private final Clock clock;
  private Duration ahead = Duration.ZERO;

  ClusterLooks(KubeApi api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /** Asks whether the API is ready; before Kubernetes 1.16 there was only a question for health. */
  String readyVersion() {
    try {
      api.ask("/readyz");
    } catch (ApiFailure e) {
      if (e.status() != 404) {
        throw e;
      }
      api.ask("/healthz");
    }
    Reply version = api.get("/version");
    ahead = version.date().map(d -> Duration.between(clock.now(), d)).orElse(Duration.ZERO);
    return Doc.text(version.body(), "gitVersion");
  }

  /** {@return that time by the API server's clock} */
  Instant serverTime(Instant ofThisRun) {
    return ofThisRun.plus(ahead);
  }

  /** {@return what tells of nodes} */
  ObjectFeed nodes(ObjectFeed.Source feeds, ObjectStore store) {
    return feeds.open(api, clock, "/api/v1/nodes", store);
  }

  /** {@return when the kubelet of that node renewed its lease last, by the host's clock} */
  Optional<Instant> leaseRenewed(String node) {
    return LeaderLock.lease(api, "kube-node-lease", node).flatMap(LeaderLock::renewed);
  }

  /**
   * {@return who leads the controllers; by a lock where there is no lease, as before Kubernetes
   * 1.20}
   */
  Optional<LeaderLock> controllerManager() {
    return LeaderLock.lease(api, "kube-system", CONTROLLERS)
        .or(() -> lock("configmaps"))
        .or(() -> lock("endpoints"));
  }

  private Optional<LeaderLock> lock(String kind) {
    return api.find("/api/v1/namespaces/kube-system/" + kind + "/" + CONTROLLERS)
        .flatMap(reply -> LeaderLock.of(reply.body()));
  }
}
