package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoverShareTest {
  @TempDir Path folder;

  @Test
  void own_whatOverlapsCountsOnceAndRemarksDoNot() throws IOException {
    Path report = folder.resolve("report.json");
    Files.writeString(
        report,
        """
        {"timeline": [
          {"at": "2026-01-01T00:00:05Z", "millis": 1000, "kind": "CHANGE"},
          {"at": "2026-01-01T00:00:00Z", "millis": 3000, "kind": "WAIT"},
          {"at": "2026-01-01T00:00:01Z", "millis": 1000, "kind": "CHANGE"},
          {"at": "2026-01-01T00:00:02Z", "millis": 2000, "kind": "TRANSFER"},
          {"at": "2026-01-01T00:00:08Z", "millis": 0, "kind": "LINE"}
        ]}
        """);

    assertThat(RecoverShare.own(report, 7.5)).isCloseTo(2.5, within(1e-9));
  }
}
