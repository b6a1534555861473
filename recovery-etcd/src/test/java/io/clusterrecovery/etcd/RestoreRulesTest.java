package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.EtcdClient.EndpointStatus;
import io.clusterrecovery.etcd.MemberEvidence.ClientAnswer;
import io.clusterrecovery.etcd.MemberEvidence.PeerPort;
import io.clusterrecovery.etcd.MemberEvidence.Standing;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreRulesTest {
  private static final URI PEER = URI.create("https://a.test:2380");

  @Test
  void memberRefusals_allAsTheClusterSays_none() {
    assertThat(RestoreRules.memberRefusals(seen("id-a", "a", "b"), "a", PEER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "x, https://a.test:2380, MEMBER_UNKNOWN",
    "a, https://a.test:2381, MEMBER_MISMATCH",
    "a, https://10.0.0.1:2380, MEMBER_MISMATCH"
  })
  void memberRefusals_oneThingWrong_refusesIt(String name, URI peer, Code code) {
    assertThat(RestoreRules.memberRefusals(seen("id-a", "a", "b"), name, peer))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(code));
  }

  @Test
  void unknownNames_nameThatNoMemberHas_refusedWithItsSetter() {
    assertThat(RestoreRules.unknownNames(seen("id-a", "a", "b"), Set.of("a", "x"), "lost(…)"))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.MEMBER_UNKNOWN))
        .satisfies(r -> assertThat(r.found()).contains("'x'"))
        .satisfies(r -> assertThat(r.next()).contains("lost(…)"));
  }

  @Test
  void memberRefusals_endpointOfAnotherMember_refused() {
    assertThat(RestoreRules.memberRefusals(seen("id-b", "a", "b"), "a", PEER))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.MEMBER_MISMATCH))
        .satisfies(r -> assertThat(r.found()).contains("id-b", "id-a"));
  }

  @Test
  void snapshotRefusals_snapshotWithoutTheSurvivor_isOfAnotherCluster() {
    assertThat(
            RestoreRules.snapshotRefusals(snapshot("x", "y"), seen("id-a", "a", "b"), "a", false))
        .singleElement()
        .satisfies(r -> assertThat(r.code()).isEqualTo(Code.SNAPSHOT_OF_OTHER_CLUSTER))
        .satisfies(r -> assertThat(r.found()).contains("x, y"));
  }

  @Test
  void snapshotRefusals_nameThatNobodyKnows_isLeftToTheMemberRules() {
    assertThat(
            RestoreRules.snapshotRefusals(snapshot("a", "b"), seen("id-a", "a", "b"), "x", false))
        .isEmpty();
  }

  @Test
  void snapshotRefusals_withoutChecksum_refusesUntilForced() {
    Snapshot bare = SnapshotFixture.withoutChecksum(member("a"));

    assertThat(RestoreRules.snapshotRefusals(bare, seen("id-a", "a"), "a", false))
        .extracting(Refusal::code)
        .containsExactly(Code.SNAPSHOT_WITHOUT_CHECKSUM);
    assertThat(RestoreRules.snapshotRefusals(bare, seen("id-a", "a"), "a", true)).isEmpty();
  }

  private static Snapshot snapshot(String... names) {
    return SnapshotFixture.whole(
        "00", Stream.of(names).map(RestoreRulesTest::member).toArray(EtcdMember[]::new));
  }

  private static QuorumObservation seen(String answering, String... names) {
    List<MemberEvidence> members =
        Stream.of(names)
            .map(
                n ->
                    new MemberEvidence(
                        member(n),
                        Standing.UNMENTIONED,
                        ClientAnswer.SILENT,
                        PeerPort.SILENT,
                        HostSight.NOT_GIVEN))
            .toList();
    EndpointStatus status =
        new EndpointStatus("c", answering, "0", 1, 1, "3.6.16", EtcdMember.Role.VOTER, 1);
    return new QuorumObservation(members, Optional.of(status), QuorumObservation.Source.ETCD, 1);
  }

  private static EtcdMember member(String name) {
    return QuorumDecisionTest.member(name, EtcdMember.Role.VOTER);
  }
}
