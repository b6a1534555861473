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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole recovery, with fewer objects than the drill's own default. */
class DrillIT {

  @Test
  void drill_twoOfThreeMastersLost_allChecksHold(@TempDir Path folder) throws IOException {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();

    int status =
        Drill.status(
            List.of("--objects", "300", "--report", folder.toString()),
            new PrintStream(screen, true, UTF_8));

    assertThat(status).as(screen.toString(UTF_8)).isZero();
    JsonNode report = DrillObjects.parse(Files.readString(folder.resolve("report.json")));
    assertThat(report.path("outcome").asText()).isEqualTo("DONE");
    assertThat(report.path("steps")).hasSize(8);
    assertThat(report.path("steps").path(0).path("changes")).isNotEmpty();
    assertThat(report.path("waits")).isNotEmpty();
    assertThat(failedChecks(report)).isEmpty();
    assertThat(checkIds(report))
        .containsExactly(
            "members-3-started",
            "hash-equal",
            "objects-digest-equal",
            "after-snapshot-absent",
            "nodes-ready-3",
            "forged-pending",
            "dns",
            "targets-internal",
            "targets-external",
            "hosts-clean");
    Path env = folder.resolve("lab.env");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @Tag("full")
  @ValueSource(strings = {"3.6.16", "3.5.35"})
  void drill_mastersMadeByKubeadm_allChecksHold(String etcd, @TempDir Path folder)
      throws IOException {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();

    int status =
        Drill.status(
            List.of(
                "--platform",
                "kubeadm",
                "--etcd",
                etcd,
                "--objects",
                "300",
                "--report",
                folder.toString()),
            new PrintStream(screen, true, UTF_8));

    assertThat(status).as(screen.toString(UTF_8)).isZero();
    JsonNode report = DrillObjects.parse(Files.readString(folder.resolve("report.json")));
    assertThat(failedChecks(report)).isEmpty();
    assertThat(checkIds(report)).hasSize(9).doesNotContain("dns");
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
