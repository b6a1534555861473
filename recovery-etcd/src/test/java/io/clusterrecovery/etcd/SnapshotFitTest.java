package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotFitTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  /** An empty column: the identity is not known. */
  @ParameterizedTest
  @CsvSource({
    "uid-1, uid-1, false",
    "uid-1, uid-2, true",
    ", uid-1, true",
    "uid-1, , false",
    ", , false"
  })
  void otherCluster_bySnapshotAndSurvivor(
      @Nullable String snapshot, @Nullable String survivor, boolean refused) {
    Optional<Refusal> refusal = SnapshotFit.otherCluster(snapshotOf(snapshot), own(survivor));

    assertThat(refusal.isPresent()).isEqualTo(refused);
    refusal.ifPresent(r -> assertThat(r.code()).isEqualTo(Code.SNAPSHOT_OF_OTHER_CLUSTER));
  }

  @Test
  void otherCluster_prefixAlone_doesNotMatter() {
    Snapshot snapshot = with(new ClusterIdentity("/kubernetes.io", "uid-1"), null, List.of());

    assertThat(SnapshotFit.otherCluster(snapshot, own("uid-1"))).isEmpty();
  }

  @Test
  void otherCluster_survivorsDataNotKnown_isLeftToTheMembers() {
    assertThat(
            SnapshotFit.otherCluster(snapshotOf("uid-1"), new SurvivorData.Unread("no such file")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT1H, , false",
    "PT24H, , false",
    "PT24H1S, , true",
    "PT24H1S, PT25H, false",
    "PT30M, PT10M, true",
    "-PT1H, , false"
  })
  void tooOld_byAgeAndWhatWasAccepted(Duration age, @Nullable Duration accepted, boolean refused) {
    Snapshot snapshot = with(null, NOW.minus(age), List.of());

    Optional<Refusal> refusal = SnapshotFit.tooOld(snapshot, NOW, Optional.ofNullable(accepted));

    assertThat(refusal.isPresent()).isEqualTo(refused);
    refusal.ifPresent(r -> assertThat(r.code()).isEqualTo(Code.SNAPSHOT_TOO_OLD));
    refusal.ifPresent(r -> assertThat(r.next()).contains("acceptSnapshotAge(…)"));
  }

  @Test
  void tooOld_allEncrypted_isRefusedUntilAnAgeIsAccepted() {
    Snapshot hidden = with(null, null, List.of(new EncryptedBy("aescbc", "v1", "key1", 9)));

    assertThat(SnapshotFit.tooOld(hidden, NOW, Optional.empty()))
        .hasValueSatisfying(r -> assertThat(r.found()).contains("its age is not known"));
    assertThat(SnapshotFit.tooOld(hidden, NOW, Optional.of(Duration.ofDays(9)))).isEmpty();
  }

  @Test
  void tooOld_withoutKubernetes_isNotAsked() {
    assertThat(SnapshotFit.tooOld(with(null, null, List.of()), NOW, Optional.empty())).isEmpty();
  }

  @Test
  void tell_read_namesClusterAndProgress() {
    assertThat(told(own("uid-1")))
        .contains("kube-system is uid-1 below /registry", "revision 120, raft index 130");
  }

  @Test
  void tell_unread_saysWhy() {
    assertThat(told(new SurvivorData.Unread("no such file")))
        .contains("unknown: its data is not known: no such file");
  }

  private static String told(SurvivorData data) {
    Plan.Builder plan = Plan.of("restore", "host");
    data.tell(plan);
    return plan.build().toString();
  }

  private static SurvivorData own(@Nullable String uid) {
    return new SurvivorData.Read(
        new OwnData(List.of(), identity(uid), Optional.empty(), 120, 130, 0), "/var/lib/etcd");
  }

  private static Optional<ClusterIdentity> identity(@Nullable String uid) {
    return Optional.ofNullable(uid).map(known -> new ClusterIdentity("/registry", known));
  }

  private static Snapshot snapshotOf(@Nullable String uid) {
    return with(identity(uid).orElse(null), null, List.of());
  }

  private static Snapshot with(
      @Nullable ClusterIdentity identity, @Nullable Instant newest, List<EncryptedBy> encryption) {
    return SnapshotFixture.holding(
        new KubernetesContents(
            Optional.ofNullable(identity), Optional.ofNullable(newest), encryption));
  }
}
