package io.clusterrecovery.etcd;

import io.clusterrecovery.RemoteHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a restore was told.
 *
 * @param snapshot the file; empty if the survivor's own data is kept
 * @param lost the members that the caller vouches are off
 * @param memberHosts the hosts of other members, by the members' names
 * @param namingLoss whether the plan names what would be lost
 * @param acceptedAge how old the snapshot may be, where the caller has said so
 * @param lastKnownRevision the highest revision the caller has seen, 0 if none
 * @param safetyFolder where safety snapshots are kept on this machine
 * @param withoutSafetySnapshots whether none are taken
 * @param oldMembersWatch how long the restored etcd's log is watched
 */
record RestoreSettings(
    RemoteHost survivor,
    EtcdCluster etcd,
    Optional<Path> snapshot,
    String memberName,
    URI peerUrl,
    RestoreMethod method,
    Set<String> lost,
    Map<String, RemoteHost> memberHosts,
    boolean withoutChecksum,
    boolean snapshotsMembers,
    boolean namingLoss,
    Optional<Duration> acceptedAge,
    long lastKnownRevision,
    Duration oldMembersWatch,
    Path safetyFolder,
    boolean withoutSafetySnapshots,
    Duration healthyLimit) {

  RestoreSettings {
    lost = Collections.unmodifiableSet(new LinkedHashSet<>(lost));
    memberHosts = Collections.unmodifiableMap(new LinkedHashMap<>(memberHosts));
    if (lost.contains(memberName)) {
      throw new IllegalArgumentException(
          "'%s' is to be restored, so it cannot be lost".formatted(memberName));
    }
    if (memberHosts.containsKey(memberName)) {
      throw new IllegalArgumentException(
          "the host of '%s' is the survivor; memberHost(…) is for others".formatted(memberName));
    }
  }

  /** Every host that a restore may change. */
  List<RemoteHost> hosts() {
    return Stream.concat(Stream.of(survivor), memberHosts.values().stream()).toList();
  }

  /** What the caller forced, by the names of the setters. */
  List<String> forced() {
    return Stream.of(
            withoutChecksum ? "acceptSnapshotWithoutChecksum()" : "",
            snapshotsMembers ? "acceptMemberListOfSnapshot()" : "",
            withoutSafetySnapshots ? "withoutSafetySnapshots()" : "",
            acceptedAge.map("acceptSnapshotAge(%s)"::formatted).orElse(""))
        .filter(setter -> !setter.isEmpty())
        .toList();
  }
}
