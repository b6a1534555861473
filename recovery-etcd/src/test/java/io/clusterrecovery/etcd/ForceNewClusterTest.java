package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.etcd.ForceNewCluster.Version;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForceNewClusterTest {

  @ParameterizedTest
  @CsvSource({
    "3.3.10, false, true",
    "3.4.13, false, false",
    "3.4.13, true, true",
    "3.4.14, true, false",
    "3.4.23, false, false",
    "3.5.0, false, true",
    "3.5.21, false, true",
    "3.5.22, false, false",
    "3.5.24, true, true",
    "3.5.25, true, false",
    "3.5.35, true, false",
    "3.6.0, false, true",
    "3.6.1, false, false",
    "3.6.5, true, true",
    "3.6.6, true, false",
    "3.6.16, true, false",
    "3.7.0, false, true",
    "4.4.0, false, true"
  })
  void refusal_ofEachVersion_isAsKnown(String version, boolean learners, boolean refused) {
    Version seen = Version.in(version).orElseThrow();

    Optional<Refusal> refusal = ForceNewCluster.refusal("host", seen, learners);

    assertThat(refusal.isPresent()).isEqualTo(refused);
    refusal.ifPresent(r -> assertThat(r.found()).contains("host", version));
  }

  @ParameterizedTest
  @CsvSource({"3.5.22, 1", "3.5.25, 1", "3.5.26, 0", "3.6.16, 0", "3.4.23, 0"})
  void notes_versionThatMustNotBeUpgradedYet_sayWhichComesFirst(String version, int notes) {
    assertThat(ForceNewCluster.notes(Version.in(version).orElseThrow())).hasSize(notes);
  }

  @Test
  void judge_versionThatCannotBeSeen_refuses() {
    Plan.Builder plan = Plan.of("restore", "host");

    ForceNewCluster.judge("host", Optional.empty(), false, plan);

    assertThat(plan.build().refusals())
        .extracting(Refusal::code)
        .containsExactly(Code.ETCD_CONFIG_UNSUPPORTED);
  }

  @Test
  void version_inWhatEtcdPrints_isTheFirst() {
    assertThat(Version.in("etcd Version: 3.5.35\nGit SHA: 0\nGo Version: go1.26.3"))
        .contains(new Version(3, 5, 35));
    assertThat(Version.in("latest")).isEmpty();
  }
}
