package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a snapshot is the right one for a host: pure functions of what was seen. */
final class SnapshotFit {
  private static final Duration DEFAULT_AGE = Duration.ofHours(24);

  private SnapshotFit() {}

  /**
   * A Kubernetes cluster is known by its kube-system; another's snapshot may name the same hosts.
   */
  static Optional<Refusal> otherCluster(Snapshot snapshot, SurvivorData own) {
    Optional<String> wanted = own.identity().map(ClusterIdentity::uid);
    Optional<String> found = snapshot.contents().kubernetes().identity().map(ClusterIdentity::uid);
    if (wanted.isEmpty() || wanted.equals(found)) {
      return Optional.empty();
    }
    String what =
        found
            .map(uid -> "of a cluster whose kube-system is " + uid)
            .orElse("of no cluster that can be told: it has no kube-system that can be read");
    return Optional.of(
        new Refusal(
            Code.SNAPSHOT_OF_OTHER_CLUSTER,
            "The snapshot %s is %s; the survivor's own data is of the cluster whose kube-system is %s."
                .formatted(snapshot.file(), what, wanted.get()),
            "Use a snapshot of this cluster."));
  }

  /**
   * Whether it is older than what was accepted, by default a day. Of a database without Kubernetes
   * in it no age is asked; where there is, but nothing of it can be read, any acceptance will do.
   */
  static Optional<Refusal> tooOld(Snapshot snapshot, Instant now, Optional<Duration> accepted) {
    KubernetesContents kubernetes = snapshot.contents().kubernetes();
    if (kubernetes.newest().isEmpty()) {
      return kubernetes.encryption().isEmpty() || accepted.isPresent()
          ? Optional.empty()
          : Optional.of(refusal(snapshot, "has no time that can be read, so its age is not known"));
    }
    Duration age = Duration.between(kubernetes.newest().get(), now);
    Duration limit = accepted.orElse(DEFAULT_AGE);
    return age.compareTo(limit) <= 0
        ? Optional.empty()
        : Optional.of(
            refusal(
                snapshot,
                "was last changed at %s, %d hours ago; accepted are %d hours"
                    .formatted(kubernetes.newest().get(), age.toHours(), limit.toHours())));
  }

  private static Refusal refusal(Snapshot snapshot, String found) {
    return new Refusal(
        Code.SNAPSHOT_TOO_OLD,
        "The snapshot %s %s.".formatted(snapshot.file(), found),
        "Look for a newer one: what was written since is lost. If there is none, say so with"
            + " acceptSnapshotAge(…).");
  }
}
