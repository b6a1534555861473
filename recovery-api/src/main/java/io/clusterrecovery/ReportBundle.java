package io.clusterrecovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What is handed to whoever helps: report, plans and journal in one archive. */
final class ReportBundle {
  private static final String MASKED = "***, %d characters";

  private final Report report;

  ReportBundle(Report report) {
    this.report = report;
  }

  void write(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path folder = file.toAbsolutePath().getParent();
    Path aside =
        Files.createTempFile(folder, "." + file.getFileName(), ".part", OwnerOnly.file(file));
    try {
      writeTo(aside);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private void writeTo(Path file) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file), UTF_8)) {
      for (Map.Entry<String, String> part : parts().entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    }
  }

  private Map<String, String> parts() throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("report.txt", report + "\n");
    parts.put("report.html", report.toHtml());
    parts.put("report.json", report.toJson());
    int number = 0;
    for (Report.Step step : report.steps()) {
      number++;
      Plan plan = step.plan();
      if (plan != null) {
        parts.put("plan-%02d.txt".formatted(number), step.name() + "\n" + plan + "\n");
      }
    }
    Path journal = report.journal();
    if (journal != null && Files.exists(journal)) {
      parts.put("journal.txt", masked(JournalLines.of(Files.readAllBytes(journal))));
    }
    return parts;
  }

  private static String masked(JournalLines journal) {
    return journal.entries().stream()
        .map(e -> "%s %-8s %s: %s\n".formatted(e.at(), e.kind(), e.key(), detail(e)))
        .collect(Collectors.joining());
  }

  /** What a run settled once may be a token, so it stays here. */
  private static String detail(JournalEntry entry) {
    boolean settled = entry.kind() == JournalEntry.Kind.VALUE;
    return settled ? MASKED.formatted(entry.detail().length()) : entry.detail();
  }
}
