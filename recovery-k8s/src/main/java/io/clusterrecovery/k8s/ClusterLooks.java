package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Single looks at how a cluster is. */
final class ClusterLooks {
  private static final String CONTROLLERS = "kube-controller-manager";
  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/";

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
    return lease("kube-node-lease", node).flatMap(l -> Doc.time(l, "spec", "renewTime"));
  }

  /**
   * {@return who leads the controllers; by a lock where there is no lease, as before Kubernetes
   * 1.20}
   */
  Optional<LeaderLock> controllerManager() {
    return lease("kube-system", CONTROLLERS)
        .map(
            lease ->
                new LeaderLock(
                    Doc.text(lease, "spec", "holderIdentity"),
                    Doc.time(lease, "spec", "renewTime")))
        .or(() -> lock("configmaps"))
        .or(() -> lock("endpoints"));
  }

  private Optional<LeaderLock> lock(String kind) {
    return api.find("/api/v1/namespaces/kube-system/" + kind + "/" + CONTROLLERS)
        .flatMap(reply -> LeaderLock.of(reply.body()));
  }

  private Optional<JsonObject> lease(String namespace, String name) {
    return api.find(LEASES + namespace + "/leases/" + name).map(Reply::body);
  }
}
