package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import io.clusterrecovery.etcd.EtcdMember.Role;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import io.clusterrecovery.etcd.MembershipMove.Refuse;
import io.clusterrecovery.etcd.VoterReport.Health;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipDecisionTest {
  private static final EtcdMember A = member("a", "a", Role.VOTER);
  private static final EtcdMember B = member("b", "b", Role.VOTER);
  private static final EtcdMember D = member("d", "d", Role.VOTER);
  private static final MemberToAdd C = wanted("c", "c");

  @Test
  void moves_healthyVotersThatAgree_addStartPromote() {
    assertThat(ids(healthy(A, B), C))
        .containsExactly("grow/add-learner/c", "grow/start/c", "grow/promote/c");
  }

  @Test
  void moves_two_oneIsWholeBeforeTheNextIsAdded() {
    assertThat(ids(healthy(A), C, wanted("d", "d")))
        .containsExactly(
            "grow/add-learner/c",
            "grow/start/c",
            "grow/promote/c",
            "grow/add-learner/d",
            "grow/start/d",
            "grow/promote/d");
  }

  @Test
  void moves_laterOneInFlight_isBroughtToItsVoteFirst() {
    EtcdMember learner = member("d", "d", Role.LEARNER);

    assertThat(ids(reports(List.of(A, learner)), C, wanted("d", "d")))
        .containsExactly("grow/promote/d", "grow/add-learner/c", "grow/start/c", "grow/promote/c");
  }

  @ParameterizedTest
  @CsvSource({
    "1, quorum 1 of 1, quorum 2 of 2 needs both",
    "2, quorum 2 of 2 needs both, quorum 2 of 3",
    "3, quorum 2 of 3, quorum 3 of 4",
    "4, quorum 3 of 4, quorum 3 of 5"
  })
  void moves_byVoters_tellQuorumBeforeAndAfter(int voters, String before, String after) {
    List<EtcdMember> members = new ArrayList<>();
    for (int i = 0; i < voters; i++) {
      members.add(member("m" + i, "m" + i, Role.VOTER));
    }
    List<Change> changes = changes(reports(members), C);

    assertThat(changes.get(0).from()).isEqualTo(before);
    assertThat(changes.get(0).to()).isEqualTo(before + ", 1 learner");
    assertThat(changes.get(2).from()).isEqualTo(before);
    assertThat(changes.get(2).to()).isEqualTo(after);
    assertThat(changes.get(2).undo())
        .isEqualTo(voters == 1 ? Change.Undo.IMPOSSIBLE : Change.Undo.POSSIBLE);
  }

  @Test
  void moves_etcdWithoutLearners_addsAVoter() {
    List<Change> changes = changes(List.of(of(A, List.of(A), 10, "3.3.27", "c", "1")), C);

    assertThat(changes).extracting(Change::id).containsExactly("grow/add-voter/c", "grow/start/c");
    assertThat(changes.get(0).to()).isEqualTo("quorum 2 of 2 needs both");
    assertThat(changes.get(0).undo()).isEqualTo(Change.Undo.IMPOSSIBLE);
  }

  @Test
  void moves_oneOfThemWithoutLearners_addsAVoter() {
    List<EtcdMember> both = List.of(A, B);
    List<VoterReport> mixed =
        List.of(of(A, both, 10, "3.4.0", "c", "1"), of(B, both, 10, "3.3.27", "c", "1"));

    assertThat(ids(mixed, C)).startsWith("grow/add-voter/c");
  }

  @Test
  void moves_voterThatWasAddedAndNeverStarted_isStartedThoughReadsFail() {
    EtcdMember unstarted = member("", "c", Role.VOTER);
    List<EtcdMember> members = List.of(A, unstarted);
    VoterReport waits =
        new VoterReport(
            A, Health.WITHOUT_QUORUM, members, Optional.of(status("3.3.27", 10, "c", "0")), "");

    assertThat(ids(List.of(waits, silent(unstarted)), C)).containsExactly("grow/start/c");
    assertThat(why(List.of(waits, silent(unstarted)), wanted("x", "x"))).isNotEmpty();
  }

  @Test
  void moves_deadOneIsReplaced_isRemovedBeforeTheAdd() {
    List<Change> changes = changes(withSilent(D), replacing("d", "c", "c"));

    assertThat(changes)
        .extracting(Change::id)
        .containsExactly("grow/remove/d", "grow/add-learner/c", "grow/start/c", "grow/promote/c");
    assertThat(changes.get(0).from()).isEqualTo("quorum 2 of 3");
    assertThat(changes.get(0).to()).isEqualTo("quorum 2 of 2 needs both");
  }

  @Test
  void moves_deadOneIsReplacedByItsOwnName_isRemovedBeforeTheAdd() {
    assertThat(ids(withSilent(D), replacing("d", "d", "d")))
        .containsExactly("grow/remove/d", "grow/add-learner/d", "grow/start/d", "grow/promote/d");
  }

  @Test
  void moves_newOneOfTheSameNameVotes_nothing() {
    assertThat(ids(healthy(A, B, D), replacing("d", "d", "d"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "d"})
  void moves_allThatIsWantedVotesAndTheNextIsInFlight_nothing(String name) {
    EtcdMember next = member(name, "d", Role.LEARNER);

    assertThat(ids(reports(List.of(A, B, next)), wanted("b", "b"))).isEmpty();
    assertThat(why(reports(List.of(A, B, next)), wanted("b", "b"))).isEmpty();
    assertThat(why(reports(List.of(A, B, next)), C)).isNotEmpty();
  }

  @Test
  void moves_newOneOfTheSameNameIsInFlight_goesOn() {
    EtcdMember learner = member("d", "d", Role.LEARNER);

    assertThat(ids(reports(List.of(A, B, learner)), replacing("d", "d", "d")))
        .containsExactly("grow/promote/d");
  }

  @ParameterizedTest
  @EnumSource(
      value = Health.class,
      names = {"HEALTHY", "WITHOUT_QUORUM"})
  void moves_replacedOneAnswers_refused(Health health) {
    List<EtcdMember> members = List.of(A, B, D);
    List<VoterReport> reports = new ArrayList<>(healthyOf(members, A, B));
    reports.add(
        new VoterReport(D, health, members, Optional.of(status("3.6.16", 10, "c", "1")), ""));

    assertThat(why(reports, replacing("d", "c", "c")))
        .extracting(Refusal::code)
        .contains(Code.LOST_MEMBER_ALIVE);
  }

  @Test
  void moves_secondOneIsDeadToo_refusedUntilItIsNamed() {
    EtcdMember e = member("e", "e", Role.VOTER);
    EtcdMember f = member("f", "f", Role.VOTER);
    List<EtcdMember> members = List.of(A, B, D, e, f);
    List<VoterReport> reports = new ArrayList<>(healthyOf(members, A, B, D));
    reports.add(silent(e));
    reports.add(silent(f));

    assertThat(why(reports, replacing("e", "c", "c")))
        .singleElement()
        .satisfies(r -> assertThat(r.found()).contains("Voter f"));
    assertThat(ids(reports, replacing("e", "c", "c"), replacing("f", "g", "g")))
        .startsWith("grow/remove/e", "grow/remove/f", "grow/add-learner/c");
  }

  @ParameterizedTest
  @CsvSource({"3, true", "2, false", "5, true", "4, false"})
  void againstReplacing_memberNotListed_unlessItCanHaveBeenRemoved(int voters, boolean refused) {
    List<EtcdMember> members = new ArrayList<>();
    for (int i = 0; i < voters; i++) {
      members.add(member("m" + i, "m" + i, Role.VOTER));
    }

    List<Refusal> why =
        new MembershipRules(reports(members), List.of(replacing("typo", "c", "c")))
            .againstReplacing(w -> false);

    assertThat(why.stream().anyMatch(r -> r.code() == Code.MEMBER_UNKNOWN)).isEqualTo(refused);
  }

  @ParameterizedTest
  @EnumSource(
      value = Health.class,
      names = {"WITHOUT_QUORUM", "SILENT"})
  void refusals_anUnhealthyVoter_isNamed(Health health) {
    List<EtcdMember> members = List.of(A, B, D);
    List<VoterReport> reports = new ArrayList<>(healthyOf(members, A, B));
    reports.add(new VoterReport(D, health, List.of(), Optional.empty(), "no answer"));

    assertThat(why(reports, C))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.MEMBERSHIP_UNHEALTHY))
        .satisfies(r -> assertThat(r.found()).contains("Voter d", "no answer"));
  }

  @Test
  void refusals_votersThatListDifferentMembers_refused() {
    List<VoterReport> reports =
        List.of(
            of(A, List.of(A, B), 10, "3.6.16", "c", "1"),
            of(B, List.of(B), 10, "3.6.16", "c", "1"));

    assertThat(why(reports, C))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.MEMBERSHIP_UNHEALTHY))
        .satisfies(r -> assertThat(r.found()).contains("a lists a, b", "b lists b"));
  }

  @Test
  void refusals_votersOfTwoClusters_refused() {
    List<EtcdMember> both = List.of(A, B);
    List<VoterReport> reports =
        List.of(of(A, both, 10, "3.6.16", "c1", "1"), of(B, both, 10, "3.6.16", "c2", "1"));

    assertThat(why(reports, C))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.MEMBER_MISMATCH))
        .satisfies(r -> assertThat(r.found()).contains("cluster c1", "cluster c2"));
  }

  @Test
  void refusals_votersThatFollowTwoLeaders_refused() {
    List<EtcdMember> both = List.of(A, B);
    List<VoterReport> reports =
        List.of(of(A, both, 10, "3.6.16", "c", "1"), of(B, both, 10, "3.6.16", "c", "2"));

    assertThat(new MembershipAgreement(reports).mayYetCome()).isTrue();
    assertThat(why(reports, C))
        .singleElement()
        .satisfies(r -> assertThat(r.found()).contains("leader"));
  }

  @ParameterizedTest
  @CsvSource({"5010, false", "5011, true"})
  void refusals_voterFarBehind_refused(long furthest, boolean refused) {
    List<EtcdMember> both = List.of(A, B);
    List<VoterReport> reports =
        List.of(of(A, both, furthest, "3.6.16", "c", "1"), of(B, both, 10, "3.6.16", "c", "1"));

    assertThat(!why(reports, C).isEmpty()).isEqualTo(refused);
  }

  @Test
  void refusals_sameMembersInAnotherOrder_none() {
    List<VoterReport> reports =
        List.of(
            of(A, List.of(A, B), 10, "3.6.16", "c", "1"),
            of(B, List.of(B, A), 10, "3.6.16", "c", "1"));

    assertThat(why(reports, C)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', LEARNER, added but never started", "x, LEARNER, still a learner"})
  void refusals_memberInFlightThatNobodyWants_isNamedById(String name, Role role, String how) {
    EtcdMember stray = member(name, "x", role);

    assertThat(why(reports(List.of(A, stray)), C))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.MEMBERSHIP_UNHEALTHY))
        .satisfies(r -> assertThat(r.found()).contains(how, "https://x.test:2380"))
        .satisfies(r -> assertThat(r.next()).contains(stray.id()));
  }

  @ParameterizedTest
  @CsvSource({"b, new", "new, b"})
  void refusals_nameOrUrlOfAnotherMember_refused(String name, String host) {
    assertThat(why(healthy(A, B), wanted(name, host)))
        .extracting(Refusal::code)
        .containsExactly(Code.MEMBER_ALREADY_THERE);
  }

  @Test
  void refusals_severalReasons_allAtOnce() {
    EtcdMember stray = member("", "x", Role.LEARNER);

    assertThat(why(reports(List.of(A, B, stray)), wanted("b", "new"), wanted("new", "a")))
        .hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "'', LEARNER, UNSTARTED",
    "'', VOTER, UNSTARTED",
    "c, LEARNER, LEARNER",
    "c, VOTER, VOTER"
  })
  void stage_ofAListedMember_isAsListed(String name, Role role, Stage stage) {
    assertThat(MembershipRules.stage(List.of(A, member(name, "c", role)), C)).isEqualTo(stage);
  }

  @Test
  void stage_ofAMemberNotListed_isNew() {
    assertThat(MembershipRules.stage(List.of(A, B), C)).isEqualTo(Stage.NEW);
  }

  @ParameterizedTest
  @CsvSource({"3.3.27, false", "3.4.0, true", "3.6.16, true", "4.0.0, true", "unknown, false"})
  void hasLearners_byVersion_from34On(String version, boolean learners) {
    assertThat(EtcdVersion.of(version).hasLearners()).isEqualTo(learners);
  }

  private static List<String> ids(List<VoterReport> reports, MemberToAdd... wanted) {
    return changes(reports, wanted).stream().map(Change::id).toList();
  }

  private static List<Change> changes(List<VoterReport> reports, MemberToAdd... wanted) {
    return MembershipForecast.of(reports, List.of(wanted)).stream()
        .flatMap(move -> move.change().stream())
        .toList();
  }

  private static List<Refusal> why(List<VoterReport> reports, MemberToAdd... wanted) {
    List<MembershipMove> moves = MembershipForecast.of(reports, List.of(wanted));
    return moves.get(moves.size() - 1) instanceof Refuse refuse ? refuse.why() : List.of();
  }

  private static List<VoterReport> healthy(EtcdMember... members) {
    return reports(List.of(members));
  }

  private static List<VoterReport> reports(List<EtcdMember> members) {
    return healthyOf(
        members, members.stream().filter(m -> m.votes() && m.started()).toArray(EtcdMember[]::new));
  }

  private static List<VoterReport> healthyOf(List<EtcdMember> members, EtcdMember... voters) {
    return List.of(voters).stream().map(v -> of(v, members, 10, "3.6.16", "c", "1")).toList();
  }

  private static List<VoterReport> withSilent(EtcdMember dead) {
    List<VoterReport> reports = new ArrayList<>(healthyOf(List.of(A, B, dead), A, B));
    reports.add(silent(dead));
    return reports;
  }

  private static VoterReport silent(EtcdMember voter) {
    return new VoterReport(voter, Health.SILENT, List.of(), Optional.empty(), "silent");
  }

  private static VoterReport of(
      EtcdMember voter,
      List<EtcdMember> members,
      long index,
      String version,
      String cluster,
      String leader) {
    return new VoterReport(
        voter, Health.HEALTHY, members, Optional.of(status(version, index, cluster, leader)), "");
  }

  private static EndpointStatus status(String version, long index, String cluster, String leader) {
    return new EndpointStatus(cluster, "x", leader, index, 1, version, Role.VOTER, 1);
  }

  private static EtcdMember member(String name, String host, Role role) {
    URI peer = URI.create("https://" + host + ".test:2380");
    return new EtcdMember("id" + host, name, List.of(peer), List.of(), role);
  }

  private static MemberToAdd wanted(String name, String host) {
    return replacing(Optional.empty(), name, host);
  }

  private static MemberToAdd replacing(String failed, String name, String host) {
    return replacing(Optional.of(failed), name, host);
  }

  private static MemberToAdd replacing(Optional<String> failed, String name, String host) {
    return new MemberToAdd(
        name,
        URI.create("https://" + host + ".test:2380"),
        new RecordingHost("host-" + name),
        failed);
  }
}
