package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.etcd.EtcdMember.Role;
import io.clusterrecovery.etcd.SurvivorState.Known;
import io.clusterrecovery.etcd.SurvivorState.Source;
import io.clusterrecovery.etcd.SurvivorState.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurvivorRulesTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @Test
  void advice_highestCommitIndex_isRecommendedAndTheOthersLossIsTold() {
    SurvivorAdvice advice = advice(voter("m0", 90, 80, -5), voter("m1", 100, 88, 0));

    assertThat(advice.recommended()).contains("m1");
    assertThat(advice.options()).extracting(SurvivorOption::name).containsExactly("m1", "m0");
    assertThat(advice.options()).extracting(SurvivorOption::revisionsLost).containsExactly(0L, 8L);
    assertThat(advice.options())
        .extracting(o -> o.timeLost().orElseThrow())
        .containsExactly(Duration.ZERO, Duration.ofSeconds(5));
    assertThat(advice.toString())
        .contains(
            "Go on with m1.",
            "highest commit index of the voters that are known: 100",
            "m1 (voter): raft index 100, revision 88",
            "none of these has more",
            "loses 8 revisions, 5 s");
  }

  @Test
  void advice_sameIndex_isTheHigherRevisionThenTheFirstNameAndSaysSo() {
    assertThat(advice(voter("m0", 9, 5, 0), voter("m1", 9, 6, 0)).recommended()).contains("m1");
    SurvivorAdvice tie = advice(voter("m1", 9, 5, 0), voter("m0", 9, 5, 0));
    assertThat(tie.recommended()).contains("m0");
    assertThat(tie.reasons()).contains("m1 has come as far.");
  }

  @Test
  void advice_learnerWithMost_isNeverRecommended() {
    Known learner =
        new Known("m2", "c", Optional.empty(), Role.LEARNER, 99, 9, Optional.empty(), Source.ETCD);

    SurvivorAdvice advice = advice(voter("m0", 90, 8, 0), learner);

    assertThat(advice.recommended()).contains("m0");
    assertThat(advice.reasons()).contains("m2 has come further, but is a learner.");
    assertThat(advice(learner).recommended()).isEmpty();
    assertThat(advice(learner).reasons()).containsExactly("No voter's data is known.");
  }

  @Test
  void advice_severalEtcdClusters_recommendsNobodyAndComparesNothing() {
    Known other =
        new Known("m1", "d", Optional.empty(), Role.VOTER, 99, 9, Optional.empty(), Source.ETCD);

    SurvivorAdvice advice = advice(voter("m0", 90, 8, 0), other);

    assertThat(advice.recommended()).isEmpty();
    assertThat(advice.options()).isEmpty();
    assertThat(advice.reasons())
        .containsExactly("They are of several etcd clusters: d on m1, c on m0.");
  }

  @Test
  void advice_severalKubernetesClusters_recommendsNobody() {
    Known other =
        new Known("m1", "c", identity("uid-2"), Role.VOTER, 9, 9, Optional.empty(), Source.ETCD);

    SurvivorAdvice advice = advice(voter("m0", 90, 8, 0), other);

    assertThat(advice.recommended()).isEmpty();
    assertThat(advice.toString()).contains("kube-system is uid-1 on m0, uid-2 on m1");
  }

  @Test
  void advice_oneThatIsNotKnown_isAReason() {
    SurvivorAdvice advice = advice(voter("m0", 9, 8, 0), new Unknown("m1", "its disk is gone"));

    assertThat(advice.recommended()).contains("m0");
    assertThat(advice.reasons()).contains("m1 is not known, and may have more: its disk is gone.");
    assertThat(advice(new Unknown("m1", "its disk is gone")).recommended()).isEmpty();
  }

  @Test
  void advice_seenByItsFiles_saysThatItsLogMayHoldMore() {
    Known files =
        new Known(
            "m0", "c", identity("uid-1"), Role.VOTER, 9, 8, Optional.empty(), Source.OWN_DATA);

    assertThat(advice(files).reasons()).anyMatch(r -> r.startsWith("m0 was seen by its files"));
  }

  @Test
  void advice_olderSnapshotOfTheSameCluster_isAnOptionWithItsLoss() {
    SurvivorAdvice advice =
        SurvivorRules.advice(List.of(voter("m0", 90, 80, 0)), Optional.of(snapshot("uid-1")));

    assertThat(advice.options()).extracting(SurvivorOption::name).containsExactly("m0", "snapshot");
    assertThat(advice.options().get(1).revisionsLost()).isEqualTo(73);
    assertThat(advice.options().get(1).timeLost()).contains(Duration.ofMinutes(10));
  }

  @Test
  void advice_snapshotThatMayBeOfAnotherCluster_isNotCompared() {
    for (String uid : List.of("uid-2", "")) {
      SurvivorAdvice advice =
          SurvivorRules.advice(List.of(voter("m0", 90, 3, 0)), Optional.of(snapshot(uid)));

      assertThat(advice.options()).extracting(SurvivorOption::name).containsExactly("m0");
      assertThat(advice.options().get(0).revisionsLost()).isZero();
      assertThat(advice.toString()).contains("The snapshot cannot be compared");
    }
  }

  private static SurvivorAdvice advice(SurvivorState... states) {
    return SurvivorRules.advice(List.of(states), Optional.empty());
  }

  private static Known voter(String name, long index, long revision, int secondsAfterNoon) {
    Optional<Instant> newest = Optional.of(NOON.plusSeconds(secondsAfterNoon));
    return new Known(
        name, "c", identity("uid-1"), Role.VOTER, index, revision, newest, Source.ETCD);
  }

  private static Optional<ClusterIdentity> identity(String uid) {
    return uid.isEmpty() ? Optional.empty() : Optional.of(new ClusterIdentity("/registry", uid));
  }

  private static Snapshot snapshot(String uid) {
    Optional<Instant> newest = Optional.of(NOON.minus(Duration.ofMinutes(10)));
    return SnapshotFixture.holding(new KubernetesContents(identity(uid), newest, List.of()));
  }
}
