package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import java.util.stream.Collectors;

/** What a plan says of a snapshot. */
final class SnapshotFacts {
  private SnapshotFacts() {}

  static void tell(Snapshot snapshot, Plan.Builder plan) {
    SnapshotContents contents = snapshot.contents();
    KubernetesContents kubernetes = contents.kubernetes();
    plan.fact("snapshot", snapshot + ", sha256 " + snapshot.sha256());
    plan.fact("snapshot's database", database(contents));
    plan.fact(
        "snapshot's cluster",
        kubernetes
            .identity()
            .map(id -> "kube-system is " + id)
            .orElse("unknown: no namespace kube-system can be read in it"));
    plan.fact(
        "snapshot's newest change",
        kubernetes
            .newest()
            .map(at -> at + ", by the API server's clock")
            .orElse("unknown: no object with a time can be read in it"));
    if (!kubernetes.encryption().isEmpty()) {
      plan.fact("snapshot's encryption", encryption(kubernetes));
    }
    if (!contents.alarms().isEmpty()) {
      plan.note("The snapshot has alarms raised: " + String.join(", ", contents.alarms()) + ".");
    }
    if (snapshot.checksum() == Snapshot.Checksum.ABSENT) {
      plan.note(
          "Only the structure of the snapshot could be checked: it has no checksum, so a flipped"
              + " bit in a value is not seen.");
    }
  }

  private static String database(SnapshotContents contents) {
    return "revision %d, compacted up to %d, %d keys, raft index %d, cluster version %s, hash %s"
        .formatted(
            contents.revision(),
            contents.compactedRevision(),
            contents.keys(),
            contents.consistentIndex(),
            contents.clusterVersion().orElse("unknown"),
            contents.hash());
  }

  private static String encryption(KubernetesContents kubernetes) {
    return kubernetes.encryption().stream()
        .map(EncryptedBy::toString)
        .collect(Collectors.joining(", "));
  }
}
