package io.clusterrecovery.etcd;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Snapshots as an inspection would give them. */
final class SnapshotFixture {
  private SnapshotFixture() {}

  static Snapshot whole(String sha256, EtcdMember... members) {
    return new Snapshot(
        Path.of("s.db"), 1 << 20, sha256, Snapshot.Checksum.MATCHES, contents(List.of(members)));
  }

  static Snapshot withoutChecksum(EtcdMember... members) {
    return new Snapshot(
        Path.of("db"), 1 << 20, "00", Snapshot.Checksum.ABSENT, contents(List.of(members)));
  }

  static Snapshot holding(KubernetesContents kubernetes) {
    SnapshotContents contents = contents(List.of(), kubernetes);
    return new Snapshot(Path.of("s.db"), 1 << 20, "00", Snapshot.Checksum.MATCHES, contents);
  }

  private static SnapshotContents contents(List<EtcdMember> members) {
    return contents(members, new KubernetesContents(Optional.empty(), Optional.empty(), List.of()));
  }

  private static SnapshotContents contents(
      List<EtcdMember> members, KubernetesContents kubernetes) {
    return new SnapshotContents(
        1 << 20,
        "0",
        7,
        3,
        0,
        false,
        9,
        2,
        Optional.empty(),
        Optional.of("3.5.0"),
        members,
        List.of(),
        List.of(),
        kubernetes);
  }
}
