package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole recovery, with fewer objects than the drill's own default. */
class DrillIT {

  /** Points behind which the world is half way: data moved aside, a wait, a learner added. */
  private static final List<String> POINTS =
      List.of(
          "after:restore-quorum/restore/move-aside",
          "inside:correct-the-load-balancer/targets-of-internal-healthy",
          "after:grow-etcd/grow/add-learner/master-3");

  @Test
  void drill_twoOfThreeMastersLostAndKilledThreeTimes_allChecksHold(@TempDir Path folder)
      throws IOException {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    List<String> options = new ArrayList<>(List.of("--objects", "300"));
    options.addAll(List.of("--report", folder.toString()));
    POINTS.forEach(point -> options.addAll(List.of("--kill-at", point)));

    int status = Drill.status(options, new PrintStream(screen, true, UTF_8));

    assertThat(status).as(screen.toString(UTF_8)).isZero();
    JsonNode report = DrillObjects.parse(Files.readString(folder.resolve("report.json")));
    assertThat(report.path("outcome").asText()).isEqualTo("DONE");
    assertThat(report.path("steps")).hasSize(11);
    assertThat(screen.toString(UTF_8).lines().filter(line -> line.startsWith("killed at ")))
        .containsExactlyElementsOf(POINTS.stream().map(point -> "killed at " + point).toList());
    assertThat(report.path("waits")).isNotEmpty();
    assertThat(KillPoints.of(DrillOptions.Platform.SYSTEMD))
        .extracting(KillPoint::toString)
        .containsAll(pointsOfChanges(report));
    assertThat(failedChecks(report)).isEmpty();
    assertThat(checkIds(report))
        .containsExactly(
            "members-3-started",
            "hash-equal",
            "objects-digest-equal",
            "after-snapshot-absent",
            "restored-once",
            "nodes-ready-3",
            "lost-nodes-gone",
            "forged-pending",
            "dns",
            "targets-internal",
            "targets-external",
            "hosts-clean",
            "hosts-unlocked");
    Path env = folder.resolve("lab.env");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @Tag("full")
  @CsvSource({
    "systemd, 3.4.23, snapshot",
    "systemd, 3.5.35, snapshot",
    "kubeadm, 3.5.35, snapshot",
    "kubeadm, 3.5.35, own-data",
    "kubeadm, 3.6.16, snapshot",
    "kubeadm, 3.6.16, own-data",
    "openshift41, 3.4.23, snapshot"
  })
  void drill_everyMethodAndVersion_allChecksHold(
      String platform, String etcd, String source, @TempDir Path folder) throws IOException {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    List<String> options =
        List.of(
                List.of("--platform", platform, "--etcd", etcd, "--from", source),
                List.of("--objects", "300", "--report", folder.toString()))
            .stream()
            .flatMap(List::stream)
            .toList();

    int status = Drill.status(options, new PrintStream(screen, true, UTF_8));

    assertThat(status).as(screen.toString(UTF_8)).isZero();
    JsonNode report = DrillObjects.parse(Files.readString(folder.resolve("report.json")));
    assertThat(failedChecks(report)).isEmpty();
    if (source.equals("snapshot")) {
      assertThat(KillPoints.of(DrillOptions.Platform.valueOf(platform.toUpperCase(Locale.ROOT))))
          .extracting(KillPoint::toString)
          .containsAll(pointsOfChanges(report));
    }
    assertThat(checkIds(report))
        .contains(
            "objects-digest-equal",
            "restored-once",
            source.equals("snapshot") ? "after-snapshot-absent" : "after-snapshot-present");
  }

  /** Each change that the recovery has journalled has a point before it and one after it. */
  private static List<String> pointsOfChanges(JsonNode report) {
    List<String> points = new ArrayList<>();
    for (JsonNode step : report.path("steps")) {
      for (JsonNode change : step.path("changes")) {
        String name = KillPoint.name(step.path("name").asText(), change.path("id").asText());
        points.add(new KillPoint(KillPoint.When.BEFORE, name).toString());
        points.add(new KillPoint(KillPoint.When.AFTER, name).toString());
      }
    }
    return points;
  }

  private static List<String> checkIds(JsonNode report) {
    List<String> ids = new ArrayList<>();
    report.path("checks").forEach(c -> ids.add(c.path("id").asText()));
    return ids;
  }

  private static List<String> failedChecks(JsonNode report) {
    List<String> failed = new ArrayList<>();
    report
        .path("checks")
        .forEach(
            c -> {
              if (!c.path("ok").asBoolean()) {
                failed.add(c.toString());
              }
            });
    return failed;
  }
}
