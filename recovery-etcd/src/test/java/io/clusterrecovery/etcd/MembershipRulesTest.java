package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import io.clusterrecovery.etcd.VoterReport.Health;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MembershipRulesTest {
  private static final EtcdMember A = member("a", "a", EtcdMember.Role.VOTER);
  private static final EtcdMember B = member("b", "b", EtcdMember.Role.VOTER);
  private static final MemberToAdd C = wanted("c", "c");

  @Test
  void refusals_healthyVotersThatAgree_none() {
    assertThat(refusals(List.of(A, B), C)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Health.class,
      names = {"WITHOUT_QUORUM", "SILENT"})
  void refusals_anUnhealthyVoter_isNamed(Health health) {
    List<VoterReport> reports =
        List.of(healthy(A, List.of(A, B)), new VoterReport(B, health, List.of(), "no answer"));

    assertThat(MembershipRules.refusals(reports, List.of(C)))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.MEMBERSHIP_UNHEALTHY))
        .satisfies(r -> assertThat(r.found()).contains("Voter b", "no answer"));
  }

  @Test
  void refusals_votersThatListDifferentMembers_refused() {
    List<VoterReport> reports = List.of(healthy(A, List.of(A, B)), healthy(B, List.of(B)));

    assertThat(MembershipRules.refusals(reports, List.of(C)))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.MEMBERSHIP_UNHEALTHY))
        .satisfies(r -> assertThat(r.found()).contains("a lists a, b", "b lists b"));
  }

  @Test
  void refusals_sameMembersInAnotherOrder_none() {
    List<VoterReport> reports = List.of(healthy(A, List.of(A, B)), healthy(B, List.of(B, A)));

    assertThat(MembershipRules.refusals(reports, List.of(C))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', LEARNER, added but never started",
    "'', VOTER, added but never started",
    "x, LEARNER, still a learner"
  })
  void refusals_memberInFlightThatNobodyWants_isNamedById(
      String name, EtcdMember.Role role, String how) {
    EtcdMember stray = member(name, "x", role);

    assertThat(refusals(List.of(A, stray), C))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.MEMBERSHIP_UNHEALTHY))
        .satisfies(r -> assertThat(r.found()).contains(how, "https://x.test:2380"))
        .satisfies(r -> assertThat(r.next()).contains(stray.id()));
  }

  @Test
  void refusals_memberInFlightThatIsWanted_none() {
    assertThat(refusals(List.of(A, member("", "c", EtcdMember.Role.LEARNER)), C)).isEmpty();
    assertThat(refusals(List.of(A, member("c", "c", EtcdMember.Role.LEARNER)), C)).isEmpty();
    assertThat(refusals(List.of(A, member("c", "c", EtcdMember.Role.VOTER)), C)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"b, new", "new, b"})
  void refusals_nameOrUrlOfAnotherMember_refused(String name, String host) {
    assertThat(refusals(List.of(A, B), wanted(name, host)))
        .extracting(Refusal::code)
        .containsExactly(Code.MEMBER_ALREADY_THERE);
  }

  @Test
  void refusals_severalReasons_allAtOnce() {
    EtcdMember stray = member("", "x", EtcdMember.Role.LEARNER);

    assertThat(refusals(List.of(A, B, stray), wanted("b", "new"), wanted("new", "a"))).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "'', LEARNER, UNSTARTED",
    "'', VOTER, UNSTARTED",
    "c, LEARNER, LEARNER",
    "c, VOTER, VOTER"
  })
  void stage_ofAListedMember_isAsListed(String name, EtcdMember.Role role, Stage stage) {
    assertThat(MembershipRules.stage(List.of(A, member(name, "c", role)), C)).isEqualTo(stage);
  }

  @Test
  void stage_ofAMemberNotListed_isNew() {
    assertThat(MembershipRules.stage(List.of(A, B), C)).isEqualTo(Stage.NEW);
  }

  @ParameterizedTest
  @CsvSource({
    "NEW, grow/add-learner/c grow/start/c grow/promote/c",
    "UNSTARTED, grow/start/c grow/promote/c",
    "LEARNER, grow/promote/c",
    "VOTER, ''"
  })
  void planned_byStage_isWhatIsLeft(Stage stage, String ids) {
    MemberGrowth growth = new MemberGrowth(wanted("c", "c"), stage, new NoStart(), 1);

    assertThat(String.join(" ", growth.planned().stream().map(c -> c.id()).toList()))
        .isEqualTo(ids);
  }

  @ParameterizedTest
  @CsvSource({
    "1, quorum 1 of 1, quorum 2 of 2",
    "2, quorum 2 of 2, quorum 2 of 3",
    "3, quorum 2 of 3, quorum 3 of 4",
    "4, quorum 3 of 4, quorum 3 of 5"
  })
  void promote_byVoters_tellsQuorumBeforeAndAfter(int voters, String from, String to) {
    MemberGrowth growth = new MemberGrowth(wanted("c", "c"), Stage.NEW, new NoStart(), voters);

    assertThat(growth.promote().from()).isEqualTo(from);
    assertThat(growth.promote().to()).isEqualTo(to);
    assertThat(growth.addLearner().to()).isEqualTo(from + ", 1 learner");
    assertThat(growth.undo().to()).isEqualTo("not a member");
  }

  private static List<Refusal> refusals(List<EtcdMember> members, MemberToAdd... wanted) {
    List<VoterReport> reports = new ArrayList<>();
    members.stream()
        .filter(m -> m.votes() && m.started())
        .forEach(m -> reports.add(healthy(m, members)));
    return MembershipRules.refusals(reports, List.of(wanted));
  }

  private static VoterReport healthy(EtcdMember voter, List<EtcdMember> members) {
    return new VoterReport(voter, Health.HEALTHY, members, "reads");
  }

  private static EtcdMember member(String name, String host, EtcdMember.Role role) {
    URI peer = URI.create("https://" + host + ".test:2380");
    return new EtcdMember("id" + host, name, List.of(peer), List.of(), role);
  }

  private static MemberToAdd wanted(String name, String host) {
    return new MemberToAdd(
        name, URI.create("https://" + host + ".test:2380"), new RecordingHost("host-" + name));
  }

  private static final class NoStart implements MemberStarter.Start {
    @Override
    public void start(List<String> initialCluster) {
      throw new AssertionError("nothing is to be started");
    }

    @Override
    public java.util.Optional<String> failure() {
      throw new AssertionError("nothing was started");
    }

    @Override
    public void settled() {
      throw new AssertionError("nothing is to be settled");
    }

    @Override
    public void undo() {
      throw new AssertionError("nothing is to be undone");
    }
  }
}
