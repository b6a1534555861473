package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.MemberEvidence.ClientAnswer;
import io.clusterrecovery.etcd.MemberEvidence.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether quorum is proven lost: a pure function of what was seen of every member.
 *
 * <p>A member that did not answer is unknown, not lost, until its host shows that etcd does not run
 * there, or the caller vouches for it; a vouch never outweighs evidence; learners do not count. A
 * member that runs, sees no leader, and can be stopped through its host is no reason to refuse, but
 * it counts as one that is left: what stops it must not be what loses quorum.
 */
final class QuorumDecision {
  private final List<MemberEvidence> members;

  private QuorumDecision(List<MemberEvidence> members) {
    this.members = members;
  }

  /** {@return why quorum is not proven lost; empty if it is} */
  static List<Refusal> refusals(List<MemberEvidence> members) {
    return new QuorumDecision(members).refusals();
  }

  /** {@return the arithmetic, in words} */
  static String proof(List<MemberEvidence> members) {
    return new QuorumDecision(members).proof();
  }

  private List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    quorumSeen().forEach(m -> refusals.add(quorumIsThere(m)));
    if (!refusals.isEmpty()) {
      return refusals;
    }
    others(m -> m.answers() && m.standing() == Standing.VOUCHED_LOST)
        .forEach(m -> refusals.add(vouchedButAlive(m)));
    others(m -> m.answers() && m.standing() == Standing.UNMENTIONED && !m.canBeFenced())
        .forEach(m -> refusals.add(stillRuns(m)));
    others(m -> !m.answers() && !m.isProvenDown()).forEach(m -> refusals.add(unknown(m)));
    if (refusals.isEmpty()) {
      refusals.addAll(arithmetic());
    }
    return refusals;
  }

  private List<Refusal> arithmetic() {
    if (voters() == 0) {
      return List.of(noVoters());
    }
    return majorityLost() ? List.of() : List.of(tooFewLost());
  }

  private String proof() {
    return "%d of %d voters lost, quorum is %d"
        .formatted(lostVoters(), voters(), quorum().needed());
  }

  private List<MemberEvidence> quorumSeen() {
    return members.stream()
        .filter(m -> m.client().compareTo(ClientAnswer.SEES_LEADER) <= 0)
        .toList();
  }

  private List<MemberEvidence> others(Predicate<MemberEvidence> which) {
    return members.stream().filter(m -> m.standing() != Standing.SURVIVOR).filter(which).toList();
  }

  private boolean majorityLost() {
    return voters() - lostVoters() < quorum().needed();
  }

  private Quorum quorum() {
    return new Quorum((int) voters());
  }

  private long voters() {
    return members.stream().filter(m -> m.member().votes()).count();
  }

  private long lostVoters() {
    return others(m -> m.member().votes() && m.isProvenDown()).size();
  }

  private static Refusal quorumIsThere(MemberEvidence m) {
    String sign =
        switch (m.client()) {
          case READ_SUCCEEDED -> "a linearizable read succeeded at ";
          case COMMITS -> "entries are committed at ";
          default -> "a leader is seen by ";
        };
    return new Refusal(
        Code.QUORUM_IS_THERE,
        "etcd has quorum: " + sign + m.member().label() + ".",
        "Replace the failed members one by one instead (MemberExpander); a restore would lose data.");
  }

  private static Refusal vouchedButAlive(MemberEvidence m) {
    return new Refusal(
        Code.LOST_MEMBER_ALIVE,
        "The member called lost shows a sign of life: " + m.seen() + ".",
        "Find out what answers there, and stop it for good before you restore.");
  }

  private static Refusal stillRuns(MemberEvidence m) {
    return new Refusal(
        Code.LOST_MEMBER_ALIVE,
        "Another member still runs: " + m.seen() + ".",
        "Stop etcd on that host, then vouch for it with lost(\""
            + m.member().callName()
            + "\"); or give access to the host with memberHost(…), and it is stopped for you.");
  }

  private static Refusal unknown(MemberEvidence m) {
    return new Refusal(
        Code.QUORUM_UNKNOWN,
        "A member could not be asked, so it is unknown, not lost: " + m.seen() + ".",
        "If you know that it is off for good, say so with lost(\""
            + m.member().callName()
            + "\"); if its host can be reached, give it with memberHost(…).");
  }

  private static Refusal noVoters() {
    return new Refusal(
        Code.QUORUM_UNKNOWN,
        "No voter of the cluster is known, so nothing proves that quorum is lost.",
        "Check that the snapshot and the endpoint are of this cluster.");
  }

  private Refusal tooFewLost() {
    return new Refusal(
        Code.QUORUM_IS_THERE,
        "Not enough voters are lost: " + proof() + ".",
        "Bring etcd on the members that are left back up; no restore is needed for that.");
  }
}
