package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportBundleTest {
  @TempDir Path folder = Path.of("");

  @Test
  void bundle_finishedRun_holdsReportPlansAndJournalWithoutSettledValues() throws IOException {
    Path zip = folder.resolve("help.zip");
    report().bundle(zip);
    Map<String, String> parts = parts(zip);
    assertThat(parts.keySet())
        .containsExactly("report.txt", "report.html", "report.json", "plan-01.txt", "journal.txt");
    assertThat(parts.get("plan-01.txt")).startsWith("first\nPlan: test, host-1");
    assertThat(parts.get("journal.txt"))
        .contains("INTENT   first/first: stop etcd", "VALUE    first/token: ***, 7 characters");
    assertThat(parts.values()).allSatisfy(text -> assertThat(text).doesNotContain("hunter2"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(zip)))
        .isEqualTo("rw-------");
  }

  @Test
  void bundle_fileIsThere_isRefusedAndLeft() throws IOException {
    Path zip = Files.writeString(folder.resolve("help.zip"), "mine");
    Report report = report();
    assertThatThrownBy(() -> report.bundle(zip)).isInstanceOf(UncheckedIOException.class);
    assertThat(zip).hasContent("mine");
  }

  private Report report() {
    Runbook.Builder book = Runbook.named("test book").journal(folder.resolve("journal"));
    Plan plan = Plan.of("test", "host-1").change(TestStep.FIRST).build();
    book.step(
        "first",
        TestStep.with(
            plan,
            run -> {
              run.change(TestStep.FIRST, () -> {});
              return run.once("token", () -> "hunter2");
            }));
    return book.build().run().orThrow();
  }

  private static Map<String, String> parts(Path zip) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        parts.put(e.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return parts;
  }
}
