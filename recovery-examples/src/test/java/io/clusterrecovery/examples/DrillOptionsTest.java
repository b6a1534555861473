package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.examples.DrillOptions.Platform;
import io.clusterrecovery.examples.DrillOptions.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrillOptionsTest {

  @Test
  void parse_nothing_givesTheDefaults() {
    DrillOptions options = DrillOptions.parse(List.of());

    assertThat(options)
        .isEqualTo(
            new DrillOptions(
                Platform.SYSTEMD,
                "3.6.16",
                Source.SNAPSHOT,
                null,
                null,
                false,
                null,
                5_000,
                false,
                KillOptions.NOWHERE));
  }

  @Test
  void parse_everyOption_isTaken() {
    DrillOptions options =
        DrillOptions.parse(
            List.of(
                "--platform",
                "kubeadm",
                "--etcd",
                "3.5.35",
                "--from",
                "own-data",
                "--report",
                "/tmp/r",
                "--keep",
                "--objects",
                "7",
                "--quiet"));

    assertThat(options.platform()).isEqualTo(Platform.KUBEADM);
    assertThat(options.etcd()).isEqualTo("3.5.35");
    assertThat(options.source()).isEqualTo(Source.OWN_DATA);
    assertThat(options.report()).hasToString("/tmp/r");
    assertThat(options.keep()).isTrue();
    assertThat(options.objects()).isEqualTo(7);
    assertThat(options.quiet()).isTrue();
  }

  @Test
  void parse_openShift41_takesScriptsAndHasAnEtcdOfItsOwn(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("bin"));
    DrillOptions options =
        DrillOptions.parse(List.of("--scripts", folder.toString(), "--platform", "openshift41"));

    assertThat(options.platform()).isEqualTo(Platform.OPENSHIFT41);
    assertThat(options.etcd()).isEqualTo("3.4.23");
    assertThat(options.scripts()).isEqualTo(folder);
    assertThatThrownBy(() -> DrillOptions.parse(List.of("--scripts", folder.toString())))
        .hasMessageContaining("openshift41");
  }

  @Test
  void parse_killAtSeveralPoints_isOneDrill() {
    List<KillPoint> points = KillPoints.of(Platform.SYSTEMD);
    assertThat(
            DrillOptions.parse(
                    List.of("--kill-at", points.get(0) + "", "--kill-at", points.get(9) + ""))
                .drillsToKill())
        .containsExactly(List.of(points.get(0), points.get(9)));
  }

  @ParameterizedTest
  @EnumSource(Platform.class)
  void parse_killAtAllInParts_takesEachPointOnce(Platform platform) {
    List<List<KillPoint>> drills = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      drills.addAll(
          DrillOptions.parse(
                  List.of(
                      "--platform",
                      platform.name().toLowerCase(Locale.ROOT),
                      "--kill-at",
                      "all",
                      "--shard",
                      i + "/3",
                      "--continue",
                      "/tmp/points"))
              .drillsToKill());
    }
    assertThat(drills)
        .containsExactlyInAnyOrderElementsOf(
            KillPoints.of(platform).stream().map(List::of).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void parse_killAtAllWithSeveralPerDrill_keepsPointsOfOneDrillFarFromEachOther() {
    List<KillPoint> points = KillPoints.of(Platform.SYSTEMD);
    List<List<KillPoint>> drills =
        DrillOptions.parse(List.of("--kill-at", "all", "--per-drill", "30")).drillsToKill();

    assertThat(drills).hasSize(3).allSatisfy(drill -> assertThat(drill).hasSizeBetween(28, 30));
    assertThat(drills.get(1)).startsWith(points.get(1), points.get(4));
    assertThat(drills.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(points);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--platform other",
        "--etcd 3.3.10",
        "--platform kubeadm --etcd 3.4.23",
        "--from nothing",
        "--kill-at nowhere",
        "--kill-at before:nothing",
        "--kill-at all --keep",
        "--kill-at all --kill-at after:restore-quorum/restore/stop",
        "--kill-at all --shard 3/2",
        "--kill-at all --shard 0/2",
        "--shard 1/2",
        "--per-drill 5",
        "--kill-at all --per-drill 0",
        "--continue /tmp/points",
        "--from own-data",
        "--platform openshift41 --from own-data",
        "--platform openshift41 --etcd 3.6.16",
        "--platform openshift41 --scripts /tmp/there-is-none",
        "--objects 0",
        "--objects 100001",
        "--objects many",
        "--objects",
        "--report --keep",
        "--stop",
        "--what"
      })
  void parse_wrong_saysWhatIsWrong(String line) {
    List<String> arguments = List.of(line.split(" "));

    assertThatThrownBy(() -> DrillOptions.parse(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            ".*(platform|objects|value|option|source|kubeadm|point|kill-at|shard|part|folder).*");
  }
}
