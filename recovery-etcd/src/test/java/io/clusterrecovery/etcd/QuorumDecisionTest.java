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
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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
    @ValueSource(ints = {1, 2, 3, 4})
    void refusals_ofUpToFourMembers_followTheRule(int members) {
      List<MemberEvidence> shape = new ArrayList<>();
      int checked = 0;
      for (MemberEvidence survivor : SURVIVORS) {
        shape.add(survivor);
        checked += everyCombination(shape, members - 1, 0);
        shape.clear();
      }
      assertThat(checked).isGreaterThanOrEqualTo(SURVIVORS.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 7})
    void refusals_ofMoreMembers_followTheRule(int members) {
      Random random = new Random(members);
      for (int i = 0; i < 50_000; i++) {
        List<MemberEvidence> shape = new ArrayList<>();
        shape.add(SURVIVORS.get(random.nextInt(SURVIVORS.size())));
        boolean mostlyDead = random.nextBoolean();
        while (shape.size() < members) {
          MemberEvidence other = OTHERS.get(random.nextInt(OTHERS.size()));
          if (!mostlyDead || random.nextInt(20) == 0 || isProvenDead(other)) {
            shape.add(other);
          }
        }
        check(shape);
      }
    }

    /** The order of members does not matter, so each combination is tried in one order. */
    private int everyCombination(List<MemberEvidence> shape, int more, int from) {
      if (more == 0) {
        check(shape);
        return 1;
      }
      int checked = 0;
      for (int i = from; i < OTHERS.size(); i++) {
        shape.add(OTHERS.get(i));
        checked += everyCombination(shape, more - 1, i);
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

  /** The rule once more, told by counting. */
  private static Set<Code> oracle(List<MemberEvidence> shape) {
    int votes = 0;
    int votesLeft = 0;
    int quorumSigns = 0;
    int undead = 0;
    int unknown = 0;
    for (MemberEvidence m : shape) {
      boolean survivor = m.standing() == Standing.SURVIVOR;
      boolean lives =
          EnumSet.complementOf(EnumSet.of(ClientAnswer.SILENT)).contains(m.client())
              || m.peerPort() == PeerPort.OPEN;
      boolean quorum =
          lives && m.client() != ClientAnswer.SEES_NO_LEADER && m.client() != ClientAnswer.SILENT;
      votes += m.member().role() == EtcdMember.Role.VOTER ? 1 : 0;
      votesLeft += survivor && m.member().role() == EtcdMember.Role.VOTER ? 1 : 0;
      quorumSigns += quorum ? 1 : 0;
      undead += !survivor && lives ? 1 : 0;
      unknown += !survivor && !lives && m.standing() == Standing.UNMENTIONED ? 1 : 0;
    }
    Set<Code> codes = EnumSet.noneOf(Code.class);
    if (quorumSigns > 0) {
      return EnumSet.of(Code.QUORUM_IS_THERE);
    }
    if (undead > 0) {
      codes.add(Code.LOST_MEMBER_ALIVE);
    }
    if (unknown > 0 || (votes == 0 && undead == 0)) {
      codes.add(Code.QUORUM_UNKNOWN);
    }
    if (codes.isEmpty() && 2 * votesLeft > votes) {
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
  void refusals_learners_areNotCounted() {
    MemberEvidence learner =
        new MemberEvidence(
            member("l", EtcdMember.Role.LEARNER),
            Standing.VOUCHED_LOST,
            ClientAnswer.SILENT,
            PeerPort.SILENT);

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
            PeerPort.SILENT);

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

  private static boolean isProvenDead(MemberEvidence m) {
    return m.standing() == Standing.VOUCHED_LOST && !m.answers();
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
          all.add(new MemberEvidence(member("m" + all.size(), role), standing, client, port));
        }
      }
    }
    return all;
  }

  private static List<PeerPort> ports(Standing standing) {
    return standing == Standing.SURVIVOR ? List.of(PeerPort.NOT_ASKED) : List.of(PeerPort.values());
  }

  private static MemberEvidence survivor() {
    return seen("a", Standing.SURVIVOR, ClientAnswer.SEES_NO_LEADER, PeerPort.NOT_ASKED);
  }

  private static MemberEvidence lost(String name) {
    return seen(name, Standing.VOUCHED_LOST, ClientAnswer.SILENT, PeerPort.SILENT);
  }

  private static MemberEvidence unmentioned(String name) {
    return seen(name, Standing.UNMENTIONED, ClientAnswer.SILENT, PeerPort.SILENT);
  }

  private static MemberEvidence seen(
      String name, Standing standing, ClientAnswer client, PeerPort port) {
    return new MemberEvidence(member(name, EtcdMember.Role.VOTER), standing, client, port);
  }

  static EtcdMember member(String name, EtcdMember.Role role) {
    URI peer = URI.create("https://" + name + ".test:2380");
    URI client = URI.create("https://" + name + ".test:2379");
    return new EtcdMember("id-" + name, name, List.of(peer), List.of(client), role);
  }
}
