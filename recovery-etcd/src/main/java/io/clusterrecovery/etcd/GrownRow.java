package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether what a cluster lists of a member that was just added belongs together: a pure function.
 *
 * @param add the member
 * @param members all members
 * @param host what its host says of itself, and where the members' URLs lead from there
 */
record GrownRow(MemberToAdd add, List<EtcdMember> members, HostIdentity host) {

  /** Copies the list. */
  GrownRow {
    members = List.copyOf(members);
  }

  static GrownRow of(MemberToAdd add, List<EtcdMember> members) {
    return new GrownRow(add, members, HostIdentity.of(add.host(), members));
  }

  /** Why it does not; nothing else may be added then. */
  List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>(new MemberRows(members, host.resolved()).refusals());
    Optional<EtcdMember> listed = MembershipRules.byPeerUrl(members, add.peerUrl());
    if (listed.isEmpty()) {
      refusals.add(refusal("is not listed at " + add.peerUrl()));
    } else if (!listed.get().name().equals(add.name())) {
      refusals.add(
          refusal(
              "is listed by the name %s (%s)".formatted(listed.get().name(), listed.get().id())));
    } else if (!host.is(withoutPeers(listed.get()))) {
      refusals.add(
          refusal(
              "is listed with client URLs that do not lead to its host: "
                  + listed.get().clientUrls()));
    }
    return refusals;
  }

  private static EtcdMember withoutPeers(EtcdMember member) {
    return new EtcdMember(
        member.id(), member.name(), List.of(), member.clientUrls(), member.role());
  }

  private Refusal refusal(String what) {
    return new Refusal(
        Code.MEMBER_MISMATCH,
        "The new member %s on %s %s.".formatted(add.name(), add.host().name(), what),
        "Find out which host runs which member before anything else is added.");
  }
}
