package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.List;

/**
 * How reasons not to change a cluster's membership are told.
 *
 * @param members the members
 */
record MembershipWords(List<EtcdMember> members) {

  Refusal taken(MemberToAdd add, EtcdMember by, String how) {
    return new Refusal(
        Code.MEMBER_ALREADY_THERE,
        "'%s' cannot be added at %s: member '%s' %s %s."
            .formatted(add.name(), add.peerUrl(), by.name(), how, by.peerUrls()),
        "If that member is dead, replace it with replace(…); if not, correct name and URL.");
  }

  Refusal unhealthy(VoterReport report) {
    return new Refusal(
        Code.MEMBERSHIP_UNHEALTHY,
        "Voter %s is not healthy: %s.".formatted(report.voter().label(), report.detail()),
        "Bring it back, or replace it with replace(…) if it is gone for good, before anything is added.");
  }

  Refusal withoutQuorum() {
    return new Refusal(
        Code.MEMBERSHIP_UNHEALTHY,
        "A majority of the voters is not healthy.",
        "Bring them back; without quorum, restore it first.");
  }

  Refusal lagging(VoterReport report, long entries) {
    return new Refusal(
        Code.MEMBERSHIP_UNHEALTHY,
        "Voter %s is %d entries of the log behind the others."
            .formatted(report.voter().label(), entries),
        "Wait until it has caught up; a look at its disk and network may tell why it lags.");
  }

  Refusal inFlight(EtcdMember member) {
    return new Refusal(
        Code.MEMBERSHIP_UNHEALTHY,
        "Member %s at %s is %s, and was not asked for."
            .formatted(
                member.label(),
                member.peerUrls(),
                member.started() ? "still a learner" : "added but never started"),
        "Remove it by its id %s, or add it with add(…).".formatted(member.id()));
  }

  static Refusal alive(EtcdMember member, String sign) {
    return new Refusal(
        Code.LOST_MEMBER_ALIVE,
        "Member %s (%s) is to be replaced, but %s.".formatted(member.callName(), member.id(), sign),
        "If it shall go, stop etcd on its host first.");
  }

  Refusal unknown(String failed) {
    String known = String.join(", ", members.stream().map(EtcdMember::callName).toList());
    return new Refusal(
        Code.MEMBER_UNKNOWN,
        "No member is called '%s'; the members are %s.".formatted(failed, known),
        "Correct the name; if that member was removed already, use add(…).");
  }
}
