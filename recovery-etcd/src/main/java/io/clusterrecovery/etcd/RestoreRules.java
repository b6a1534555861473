package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether snapshot, names and members belong together: pure functions of what was seen. */
final class RestoreRules {
  private RestoreRules() {}

  static List<Refusal> snapshotRefusals(
      Snapshot snapshot, QuorumObservation seen, String memberName, boolean withoutChecksum) {
    List<Refusal> refusals = new ArrayList<>();
    if (snapshot.checksum() == Snapshot.Checksum.ABSENT && !withoutChecksum) {
      refusals.add(
          new Refusal(
              Code.SNAPSHOT_WITHOUT_CHECKSUM,
              "The file %s has no checksum, so flipped bits in it cannot be noticed."
                  .formatted(snapshot.file()),
              "Use one taken with 'snapshot save', or force it with"
                  + " acceptSnapshotWithoutChecksum()."));
    }
    boolean known = snapshot.members().stream().anyMatch(m -> m.name().equals(memberName));
    if (!known && seen.named(memberName).isPresent()) {
      refusals.add(
          new Refusal(
              Code.SNAPSHOT_OF_OTHER_CLUSTER,
              "The snapshot knows no member '%s'; it names %s."
                  .formatted(memberName, labels(snapshot.members())),
              "Check the name given with member(…), and that the snapshot is of this cluster."));
    }
    return refusals;
  }

  static List<Refusal> memberRefusals(QuorumObservation seen, String memberName, URI peerUrl) {
    List<Refusal> refusals = new ArrayList<>();
    Optional<MemberEvidence> survivor = seen.named(memberName);
    if (survivor.isEmpty()) {
      refusals.add(unknown(seen, memberName, "member(…)"));
    } else if (!survivor.get().member().peerUrls().contains(peerUrl)) {
      refusals.add(
          new Refusal(
              Code.MEMBER_MISMATCH,
              "Member '%s' has the peer URLs %s, not %s."
                  .formatted(memberName, survivor.get().member().peerUrls(), peerUrl),
              "Give the URL that the cluster knows."));
    }
    survivor.ifPresent(s -> notTheOneAsked(seen, s.member()).ifPresent(refusals::add));
    return refusals;
  }

  /** Names that no member has, as given with a setter. */
  static List<Refusal> unknownNames(QuorumObservation seen, Set<String> names, String setter) {
    return names.stream()
        .filter(name -> seen.named(name).isEmpty())
        .map(name -> unknown(seen, name, setter))
        .toList();
  }

  /** A list that is from the snapshot may be older than members who have quorum by now. */
  static List<Refusal> sourceRefusals(QuorumObservation seen, boolean acceptSnapshotsList) {
    if (seen.source() != QuorumObservation.Source.SNAPSHOT || acceptSnapshotsList) {
      return List.of();
    }
    return List.of(
        new Refusal(
            Code.QUORUM_UNKNOWN,
            "The survivor's etcd does not answer, and the snapshot's list of members (%s) may be out"
                    .formatted(String.join(", ", seen.names()))
                + " of date: members who came later could have quorum.",
            "etcd that was restarted without quorum does not answer. If you know that nobody joined"
                + " since the snapshot, say so with acceptMemberListOfSnapshot()."));
  }

  /** Without a snapshot only the survivor's etcd can name the members who could have quorum. */
  static Refusal membersUnknown(String host, EtcdCluster etcd) {
    return new Refusal(
        Code.ETCD_UNREACHABLE,
        "Nothing answers at %s, so who the members of the cluster are is not known."
            .formatted(etcd.endpoints().get(0)),
        "Correct the endpoint given with etcd(…), or start etcd on %s; etcd that was restarted"
                .formatted(host)
            + " without quorum may never answer, and then only a snapshot helps.");
  }

  /** etcd that was ready must answer: else the restored one could not be verified either. */
  static Refusal endpointSilent(String host, EtcdCluster etcd) {
    return new Refusal(
        Code.ETCD_UNREACHABLE,
        "etcd runs on %s, but nothing answers at %s.".formatted(host, etcd.endpoints().get(0)),
        "Correct the endpoint given with etcd(…), or what is in the way of it.");
  }

  private static Optional<Refusal> notTheOneAsked(QuorumObservation seen, EtcdMember survivor) {
    return seen.status()
        .filter(status -> !status.memberId().equals(survivor.id()))
        .map(
            status ->
                new Refusal(
                    Code.MEMBER_MISMATCH,
                    "The endpoint given with etcd(…) is member %s, but '%s' is member %s."
                        .formatted(status.memberId(), survivor.name(), survivor.id()),
                    "Give the endpoint of the survivor's own etcd."));
  }

  private static Refusal unknown(QuorumObservation seen, String name, String setter) {
    return new Refusal(
        Code.MEMBER_UNKNOWN,
        "There is no member '%s'; %s lists %s."
            .formatted(name, seen.source(), String.join(", ", seen.names())),
        "Correct the name given with " + setter + ".");
  }

  private static String labels(List<EtcdMember> members) {
    return String.join(", ", members.stream().map(EtcdMember::label).toList());
  }
}
