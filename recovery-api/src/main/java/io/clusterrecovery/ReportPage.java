package io.clusterrecovery;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A report as one HTML page that loads nothing and runs nothing. */
final class ReportPage {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>
      %s</style>
      </head>
      <body><main>
      %s</main></body>
      </html>
      """;

  private final Report report;

  private ReportPage(Report report) {
    this.report = report;
  }

  static String of(Report report) {
    String title = Html.text(report.runbook() + ": " + report.outcome());
    return PAGE.formatted(title, style(), new ReportPage(report).body());
  }

  private String body() {
    String steps = report.steps().stream().map(this::details).collect(Collectors.joining("\n"));
    return head() + sums() + failure() + forced() + ReportBars.of(report) + steps;
  }

  private String head() {
    return "<header><h1>%s</h1>%s<span class=\"run\">run <code>%s</code></span></header>\n"
        .formatted(
            Html.text(report.runbook()), Html.badge(report.outcome()), Html.text(report.run()));
  }

  private String sums() {
    int changes = report.steps().stream().mapToInt(s -> s.changes().size()).sum();
    long reached = report.steps().stream().filter(s -> s.started() != null).count();
    Optional<Instant> started =
        report.steps().stream().map(Report.Step::started).filter(Objects::nonNull).findFirst();
    long millis = report.steps().stream().mapToLong(Report.Step::millis).sum();
    return "<section><h2>In short</h2><dl class=\"sums\">\n"
        + sum("started (UTC)", started.map(ReportPage::time).orElse("never"))
        + sum("took", Durations.words(Duration.ofMillis(millis)))
        + sum("steps", reached + " of " + report.steps().size())
        + sum("changes", String.valueOf(changes))
        + sum("waits", String.valueOf(report.waits().size()))
        + "</dl></section>\n";
  }

  private static String sum(String name, String value) {
    return "<div>" + Html.term(name, value) + "</div>";
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "");
  }

  private String failure() {
    RecoveryException failure = report.failure();
    if (failure == null) {
      return "";
    }
    String changed =
        report.steps().stream()
            .flatMap(s -> s.changes().stream())
            .map(c -> c.what() + " on " + c.on())
            .collect(Collectors.joining("; "));
    return "<section class=\"failure\"><h2>%s</h2><dl>\n".formatted(failure.code())
        + Html.term("found", failure.found())
        + Html.term("changed so far", changed.isEmpty() ? "nothing" : changed)
        + Html.term("unknown", ChangeLog.unknownIn(failure))
        + Html.term("do next", failure.next())
        + "</dl></section>\n";
  }

  private String forced() {
    if (report.forced().isEmpty()) {
      return "";
    }
    String items =
        report.forced().stream()
            .map(f -> "<li><code>" + Html.text(f) + "</code></li>")
            .collect(Collectors.joining());
    return "<section><h2>Forced by the caller</h2><ul>" + items + "</ul></section>\n";
  }

  private String details(Report.Step step) {
    List<Moment> moments =
        report.timeline().stream().filter(m -> m.step().equals(step.name())).toList();
    return ReportStepPart.of(step, moments);
  }

  private static String style() {
    try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(
          Objects.requireNonNull(css, "report.css").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("report.css cannot be read", e);
    }
  }
}
