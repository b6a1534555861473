package io.clusterrecovery.etcd;

import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.EtcdMember.Role;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done next to a cluster's membership: a pure function of what every voter reports
 * and of the members that are wanted.
 *
 * <ol>
 *   <li>Without quorum, that alone is started which was added as a voter and is all that it lacks.
 *   <li>Failed members that others take the place of are removed, as long as those left have
 *       quorum.
 *   <li>Nothing else is done while a voter is not healthy, or, unless all that is wanted is there,
 *       while a member that nobody asked for is in flight.
 *   <li>A wanted member that is in flight is brought to its vote; one that never started, and that
 *       what starts it has to add by itself, is removed before that.
 *   <li>Only then the next one is added.
 * </ol>
 */
final class MembershipDecision {
  private final List<VoterReport> reports;
  private final List<MemberToAdd> wanted;
  private final List<EtcdMember> members;

  private MembershipDecision(List<VoterReport> reports, List<MemberToAdd> wanted) {
    this.reports = reports;
    this.wanted = wanted;
    this.members = MembershipRules.members(reports);
  }

  static MembershipMove next(List<VoterReport> reports, List<MemberToAdd> wanted) {
    return new MembershipDecision(reports, wanted).next();
  }

  private MembershipMove next() {
    MembershipRules rules = new MembershipRules(reports, wanted);
    List<Refusal> against = rules.againstAnything();
    if (!against.isEmpty()) {
      return new MembershipMove.Refuse(against);
    }
    if (!rules.hasQuorum()) {
      return toStart().orElseThrow();
    }
    Optional<EtcdMember> dead = rules.dead().stream().findFirst();
    if (dead.isPresent()) {
      return new MembershipMove.Remove(dead.get(), voters());
    }
    List<Refusal> againstGrowth = isThere() ? rules.againstVoters() : rules.againstGrowth();
    if (!againstGrowth.isEmpty()) {
      return new MembershipMove.Refuse(againstGrowth);
    }
    return addedInVain().or(this::inFlight).or(this::added).orElseGet(MembershipMove.Complete::new);
  }

  /** A run that grows by one at a time may have been killed in the next one's flight. */
  private boolean isThere() {
    return wanted.stream().allMatch(w -> MembershipRules.stage(members, w) == Stage.VOTER);
  }

  /** One that is only forecast to be added will be started right after that. */
  private Optional<MembershipMove> addedInVain() {
    return at(Stage.UNSTARTED)
        .filter(MemberToAdd::addedByStarter)
        .flatMap(w -> MembershipRules.byPeerUrl(members, w.peerUrl()))
        .filter(unstarted -> !MembershipForecast.isToCome(unstarted))
        .map(unstarted -> new MembershipMove.Remove(unstarted, voters()));
  }

  private Optional<MembershipMove> inFlight() {
    return toStart().or(() -> at(Stage.LEARNER).map(w -> new MembershipMove.Promote(w, voters())));
  }

  /** What counts for quorum without having been started comes first. */
  private Optional<MembershipMove> toStart() {
    List<MembershipMove.Start> starts =
        wanted.stream()
            .filter(w -> MembershipRules.stage(members, w) == Stage.UNSTARTED)
            .map(this::start)
            .toList();
    return starts.stream()
        .filter(start -> start.role() == Role.VOTER)
        .findFirst()
        .or(() -> starts.stream().findFirst())
        .map(start -> start);
  }

  private MembershipMove.Start start(MemberToAdd unstarted) {
    EtcdMember listed = MembershipRules.byPeerUrl(members, unstarted.peerUrl()).orElseThrow();
    return new MembershipMove.Start(unstarted, listed.role());
  }

  private Optional<MemberToAdd> at(Stage stage) {
    return wanted.stream().filter(w -> MembershipRules.stage(members, w) == stage).findFirst();
  }

  private Optional<MembershipMove> added() {
    return at(Stage.NEW)
        .map(w -> new MembershipMove.Add(w, w.addedByStarter() ? Role.VOTER : role(), voters()));
  }

  private Role role() {
    boolean learners =
        reports.stream()
            .flatMap(r -> r.status().stream())
            .allMatch(s -> EtcdVersion.of(s.version()).hasLearners());
    return learners ? Role.LEARNER : Role.VOTER;
  }

  private int voters() {
    return (int) members.stream().filter(EtcdMember::votes).count();
  }
}
