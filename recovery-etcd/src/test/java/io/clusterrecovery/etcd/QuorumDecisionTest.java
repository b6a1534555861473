package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.MemberEvidence.ClientAnswer;
import io.clusterrecovery.etcd.MemberEvidence.PeerPort;
import io.clusterrecovery.etcd.MemberEvidence.Standing;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuorumDecisionTest {
  private static final List<MemberEvidence> SURVIVORS = shapes(Standing.SURVIVOR);
  private static final List<MemberEvidence> OTHERS = others();

  @Nested
  class EveryShape {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void refusals_ofAnyEvidenceOfUpToThreeMembers_followTheRule(int members) {
      assertThat(everyCombination(members, SURVIVORS, OTHERS)).isPositive();
    }

    /** Of evidence that weighs the same, one stands for all; the test before shows that it may. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void refusals_ofEveryShapeOfUpToSevenMembers_followTheRule(int members) {
      List<MemberEvidence> others = oneOfEachWeight(OTHERS);
      assertThat(others).hasSize(11);
      assertThat(everyCombination(members, oneOfEachWeight(SURVIVORS), others)).isPositive();
    }

    private int everyCombination(
        int members, List<MemberEvidence> survivors, List<MemberEvidence> others) {
      int checked = 0;
      for (MemberEvidence survivor : survivors) {
        List<MemberEvidence> shape = new ArrayList<>(List.of(survivor));
        checked += everyCombination(shape, others, members - 1, 0);
      }
      return checked;
    }

    private List<MemberEvidence> oneOfEachWeight(List<MemberEvidence> evidence) {
      Map<Weight, MemberEvidence> byWeight = new LinkedHashMap<>();
      evidence.forEach(m -> byWeight.putIfAbsent(Weight.of(m), m));
      return List.copyOf(byWeight.values());
    }

    /** The order of members does not matter, so each combination is tried in one order. */
    private int everyCombination(
        List<MemberEvidence> shape, List<MemberEvidence> others, int more, int from) {
      if (more == 0) {
        check(shape);
        return 1;
      }
      int checked = 0;
      for (int i = from; i < others.size(); i++) {
        shape.add(others.get(i));
        checked += everyCombination(shape, others, more - 1, i);
        shape.remove(shape.size() - 1);
      }
      return checked;
    }

    private void check(List<MemberEvidence> shape) {
      Set<Code> codes =
          QuorumDecision.refusals(shape).stream()
              .map(Refusal::code)
              .collect(Collectors.toCollection(() -> EnumSet.noneOf(Code.class)));
      Set<Code> expected = oracle(shape);
      if (!codes.equals(expected)) {
        assertThat(codes).as(shape.toString()).isEqualTo(expected);
      }
    }
  }

  /** What one member adds to the count, by the rule told once more. */
  private record Weight(int votes, int votesLeft, int quorumSigns, int undead, int unknown) {
    static Weight of(MemberEvidence m) {
      boolean survivor = m.standing() == Standing.SURVIVOR;
      boolean vouched = m.standing() == Standing.VOUCHED_LOST;
      boolean runs = m.host().etcd() == HostSight.Etcd.RUNS;
      boolean answers = m.client() != ClientAnswer.SILENT || m.peerPort() == PeerPort.OPEN;
      boolean lives = answers || runs;
      boolean fenceable = runs && !vouched;
      boolean shownDown = m.host().etcd() == HostSight.Etcd.DOES_NOT_RUN;
      boolean quorum =
          m.client() != ClientAnswer.SEES_NO_LEADER && m.client() != ClientAnswer.SILENT;
      int votes = m.member().role() == EtcdMember.Role.VOTER ? 1 : 0;
      return new Weight(
          votes,
          survivor || (lives && fenceable) ? votes : 0,
          quorum ? 1 : 0,
          !survivor && lives && !fenceable ? 1 : 0,
          !survivor && !lives && !vouched && !shownDown ? 1 : 0);
    }

    Weight plus(Weight other) {
      return new Weight(
          votes + other.votes,
          votesLeft + other.votesLeft,
          quorumSigns + other.quorumSigns,
          undead + other.undead,
          unknown + other.unknown);
    }
  }

  /** The rule once more, told by counting. */
  private static Set<Code> oracle(List<MemberEvidence> shape) {
    Weight all = shape.stream().map(Weight::of).reduce(Weight::plus).orElseThrow();
    if (all.quorumSigns() > 0) {
      return EnumSet.of(Code.QUORUM_IS_THERE);
    }
    Set<Code> codes = EnumSet.noneOf(Code.class);
    if (all.undead() > 0) {
      codes.add(Code.LOST_MEMBER_ALIVE);
    }
    if (all.unknown() > 0 || (all.votes() == 0 && all.undead() == 0)) {
      codes.add(Code.QUORUM_UNKNOWN);
    }
    if (codes.isEmpty() && 2 * all.votesLeft() > all.votes()) {
      codes.add(Code.QUORUM_IS_THERE);
    }
    return codes;
  }

  @ParameterizedTest
  @EnumSource(
      value = ClientAnswer.class,
      names = {"READ_SUCCEEDED", "COMMITS", "SEES_LEADER"})
  void refusals_signOfQuorumAtAVouchedMember_isThere(ClientAnswer sign) {
    List<MemberEvidence> members =
        List.of(survivor(), lost("b"), seen("c", Standing.VOUCHED_LOST, sign, PeerPort.SILENT));

    assertThat(QuorumDecision.refusals(members))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.QUORUM_IS_THERE))
        .satisfies(r -> assertThat(r.found()).contains(" c."));
  }

  @Test
  void refusals_vouchedMemberWhosePeerPortAnswers_outweighsTheVouch() {
    List<MemberEvidence> members =
        List.of(
            survivor(),
            lost("b"),
            seen("c", Standing.VOUCHED_LOST, ClientAnswer.SILENT, PeerPort.OPEN));

    assertThat(QuorumDecision.refusals(members))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.LOST_MEMBER_ALIVE))
        .satisfies(r -> assertThat(r.found()).contains("c (vouched lost)", "peer port open"));
  }

  @Test
  void refusals_silentMembersNobodyVouchedFor_namesEachAndTheSetter() {
    List<MemberEvidence> members = List.of(survivor(), unmentioned("b"), unmentioned("c"));

    assertThat(QuorumDecision.refusals(members))
        .extracting(Refusal::code)
        .containsExactly(Code.QUORUM_UNKNOWN, Code.QUORUM_UNKNOWN);
    assertThat(QuorumDecision.refusals(members))
        .extracting(Refusal::next)
        .satisfiesExactly(
            n -> assertThat(n).contains("lost(\"b\")"), n -> assertThat(n).contains("lost(\"c\")"));
  }

  @Test
  void refusals_membersWhoseHostsShowNoEtcd_needNoVouch() {
    List<MemberEvidence> members =
        List.of(
            survivor(),
            onHost("b", HostSight.Etcd.DOES_NOT_RUN),
            onHost("c", HostSight.Etcd.DOES_NOT_RUN));

    assertThat(QuorumDecision.refusals(members)).isEmpty();
    assertThat(QuorumDecision.proof(members)).startsWith("2 of 3 voters lost");
  }

  @Test
  void refusals_runningMemberThatCanBeFenced_countsAsLeft() {
    List<MemberEvidence> twoOfThree =
        List.of(survivor(), onHost("b", HostSight.Etcd.RUNS), lost("c"));
    List<MemberEvidence> twoOfFive =
        List.of(survivor(), onHost("b", HostSight.Etcd.RUNS), lost("c"), lost("d"), lost("e"));

    assertThat(QuorumDecision.refusals(twoOfThree))
        .extracting(Refusal::code)
        .containsExactly(Code.QUORUM_IS_THERE);
    assertThat(QuorumDecision.refusals(twoOfFive)).isEmpty();
  }

  @Test
  void refusals_vouchedMemberThatRunsOnItsHost_outweighsTheVouch() {
    MemberEvidence undead =
        new MemberEvidence(
            member("b", EtcdMember.Role.VOTER),
            Standing.VOUCHED_LOST,
            ClientAnswer.SILENT,
            PeerPort.SILENT,
            new HostSight(HostSight.Etcd.RUNS, ""));

    assertThat(QuorumDecision.refusals(List.of(survivor(), undead, lost("c"))))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.LOST_MEMBER_ALIVE))
        .satisfies(r -> assertThat(r.found()).contains("etcd on its host runs"));
  }

  @Test
  void refusals_hostThatCannotBeAsked_leavesTheMemberUnknown() {
    MemberEvidence unreached =
        new MemberEvidence(
            member("b", EtcdMember.Role.VOTER),
            Standing.UNMENTIONED,
            ClientAnswer.SILENT,
            PeerPort.SILENT,
            new HostSight(HostSight.Etcd.UNKNOWN, "b does not answer."));

    assertThat(QuorumDecision.refusals(List.of(survivor(), unreached, lost("c"))))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.QUORUM_UNKNOWN))
        .satisfies(r -> assertThat(r.found()).contains("b does not answer."));
  }

  @Test
  void refusals_learners_areNotCounted() {
    MemberEvidence learner =
        new MemberEvidence(
            member("l", EtcdMember.Role.LEARNER),
            Standing.VOUCHED_LOST,
            ClientAnswer.SILENT,
            PeerPort.SILENT,
            HostSight.NOT_GIVEN);

    assertThat(QuorumDecision.refusals(List.of(survivor(), learner, learner)))
        .extracting(Refusal::code)
        .containsExactly(Code.QUORUM_IS_THERE);
  }

  @Test
  void refusals_nobodyKnown_isUnknown() {
    assertThat(QuorumDecision.refusals(List.of()))
        .extracting(Refusal::code)
        .containsExactly(Code.QUORUM_UNKNOWN);
  }

  @Test
  void withFormer_membersOfTheSnapshotThatAreGone_areAskedToo() {
    EtcdMember a = member("a", EtcdMember.Role.VOTER);
    EtcdMember b = member("b", EtcdMember.Role.VOTER);
    EtcdMember successor =
        new EtcdMember(
            "c",
            "c",
            b.peerUrls(),
            List.of(URI.create("https://10.9.9.9:2379")),
            EtcdMember.Role.VOTER);

    assertThat(QuorumObserver.withFormer(List.of(a), List.of(a, b)))
        .containsExactly(a, b.formerly(Set.of()));
    assertThat(QuorumObserver.withFormer(List.of(a, successor), List.of(a, b)))
        .containsExactly(a, successor, b.formerly(Set.copyOf(b.peerUrls())));
  }

  @Test
  void refusals_soleVoterBesideVouchedFormerMembers_hasQuorumOfItsOwn() {
    MemberEvidence former =
        new MemberEvidence(
            member("b", EtcdMember.Role.VOTER).formerly(Set.of()),
            Standing.VOUCHED_LOST,
            ClientAnswer.SILENT,
            PeerPort.SILENT,
            HostSight.NOT_GIVEN);

    assertThat(QuorumDecision.refusals(List.of(survivor(), former)))
        .extracting(Refusal::code)
        .containsExactly(Code.QUORUM_IS_THERE);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0 of 1 voters lost; quorum is 1",
    "3, 2, 2 of 3 voters lost; quorum is 2",
    "5, 4, 4 of 5 voters lost; quorum is 3"
  })
  void proof_tellsTheArithmetic(int voters, int lost, String words) {
    List<MemberEvidence> members = new ArrayList<>(List.of(survivor()));
    for (int i = 1; i < voters; i++) {
      members.add(i <= lost ? lost("m" + i) : unmentioned("m" + i));
    }

    assertThat(QuorumDecision.proof(members)).isEqualTo(words.replace(';', ','));
  }

  private static List<MemberEvidence> others() {
    List<MemberEvidence> all = new ArrayList<>(shapes(Standing.VOUCHED_LOST));
    all.addAll(shapes(Standing.UNMENTIONED));
    return all;
  }

  private static List<MemberEvidence> shapes(Standing standing) {
    List<MemberEvidence> all = new ArrayList<>();
    for (EtcdMember.Role role : EtcdMember.Role.values()) {
      for (ClientAnswer client : ClientAnswer.values()) {
        for (PeerPort port : ports(standing)) {
          for (HostSight host : hosts(standing)) {
            EtcdMember member = member("m" + all.size(), role);
            all.add(new MemberEvidence(member, standing, client, port, host));
          }
        }
      }
    }
    return all;
  }

  private static List<PeerPort> ports(Standing standing) {
    return standing == Standing.SURVIVOR ? List.of(PeerPort.NOT_ASKED) : List.of(PeerPort.values());
  }

  private static List<HostSight> hosts(Standing standing) {
    return standing == Standing.SURVIVOR
        ? List.of(HostSight.NOT_GIVEN)
        : Stream.of(HostSight.Etcd.values()).map(etcd -> new HostSight(etcd, "")).toList();
  }

  private static MemberEvidence survivor() {
    return seen("a", Standing.SURVIVOR, ClientAnswer.SEES_NO_LEADER, PeerPort.NOT_ASKED);
  }

  private static MemberEvidence onHost(String name, HostSight.Etcd etcd) {
    return new MemberEvidence(
        member(name, EtcdMember.Role.VOTER),
        Standing.UNMENTIONED,
        ClientAnswer.SILENT,
        PeerPort.SILENT,
        new HostSight(etcd, ""));
  }

  private static MemberEvidence lost(String name) {
    return seen(name, Standing.VOUCHED_LOST, ClientAnswer.SILENT, PeerPort.SILENT);
  }

  private static MemberEvidence unmentioned(String name) {
    return seen(name, Standing.UNMENTIONED, ClientAnswer.SILENT, PeerPort.SILENT);
  }

  private static MemberEvidence seen(
      String name, Standing standing, ClientAnswer client, PeerPort port) {
    return new MemberEvidence(
        member(name, EtcdMember.Role.VOTER), standing, client, port, HostSight.NOT_GIVEN);
  }

  static EtcdMember member(String name, EtcdMember.Role role) {
    URI peer = URI.create("https://" + name + ".test:2380");
    URI client = URI.create("https://" + name + ".test:2379");
    return new EtcdMember("id-" + name, name, List.of(peer), List.of(client), role);
  }
}
