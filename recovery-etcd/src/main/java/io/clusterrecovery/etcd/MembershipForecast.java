package io.clusterrecovery.etcd;

import io.clusterrecovery.etcd.EtcdMember.Role;
import io.clusterrecovery.etcd.VoterReport.Health;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The moves from what voters report to the membership that is wanted, each decided as it will be
 * when those before it have gone well.
 */
final class MembershipForecast {
  /** As the member is not there yet, so is its id. */
  private static final String TO_COME = "to come: ";

  private MembershipForecast() {}

  /** Whether a member is not there yet, but will be once a move has gone well. */
  static boolean isToCome(EtcdMember member) {
    return member.id().startsWith(TO_COME);
  }

  /** All moves; the last one says that it is complete, or why it would not be. */
  static List<MembershipMove> of(List<VoterReport> reports, List<MemberToAdd> wanted) {
    List<MembershipMove> moves = new ArrayList<>();
    List<VoterReport> now = reports;
    MembershipMove move = MembershipDecision.next(now, wanted);
    moves.add(move);
    while (move.change().isPresent()) {
      now = after(move, now);
      move = MembershipDecision.next(now, wanted);
      moves.add(move);
    }
    return moves;
  }

  /** What voters will report once a move has gone well. */
  static List<VoterReport> after(MembershipMove move, List<VoterReport> reports) {
    List<EtcdMember> members = new ArrayList<>(MembershipRules.members(reports));
    if (move instanceof MembershipMove.Remove remove) {
      members.remove(remove.member());
    } else if (move instanceof MembershipMove.Add add) {
      members.add(member(add.wanted(), "", add.role()));
    } else if (move instanceof MembershipMove.Start start) {
      members.replaceAll(m -> start.wanted().isListedAs(m) ? member(start.wanted(), m) : m);
    } else if (move instanceof MembershipMove.Promote promote) {
      members.replaceAll(
          m ->
              promote.wanted().isListedAs(m)
                  ? member(promote.wanted(), promote.wanted().name(), Role.VOTER)
                  : m);
    }
    return members.stream()
        .filter(EtcdMember::votes)
        .map(voter -> report(voter, members, reports, move))
        .toList();
  }

  private static VoterReport report(
      EtcdMember voter, List<EtcdMember> members, List<VoterReport> before, MembershipMove move) {
    Optional<VoterReport> known =
        before.stream().filter(r -> r.voter().peerUrls().equals(voter.peerUrls())).findFirst();
    Health health =
        known
            .filter(r -> r.voter().started())
            .map(r -> health(r, move))
            .orElse(voter.started() ? Health.HEALTHY : Health.SILENT);
    List<EtcdMember> listed = health == Health.SILENT ? List.of() : members;
    return new VoterReport(
        voter, health, listed, known.flatMap(VoterReport::status), "as it will be");
  }

  /** Without quorum only that is started which quorum lacks. */
  private static Health health(VoterReport before, MembershipMove move) {
    boolean started = move instanceof MembershipMove.Start start && start.role() == Role.VOTER;
    boolean back = started && before.health() == Health.WITHOUT_QUORUM;
    return back ? Health.HEALTHY : before.health();
  }

  private static EtcdMember member(MemberToAdd wanted, EtcdMember listed) {
    return member(wanted, wanted.name(), listed.role());
  }

  private static EtcdMember member(MemberToAdd wanted, String name, Role role) {
    return new EtcdMember(
        TO_COME + wanted.name(), name, List.of(wanted.peerUrl()), List.of(), role);
  }
}
