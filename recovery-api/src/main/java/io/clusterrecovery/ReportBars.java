package io.clusterrecovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** A report's steps, changes and waits as bars over time. */
final class ReportBars {
  private static final String KEY =
      """
      <p class="key"><span class="DONE"><i style="background:currentColor;opacity:.32"></i>step</span>
      <span class="DONE"><i style="background:currentColor"></i>change</span>
      <span><i style="background:var(--wait)"></i>wait</span></p>
      """;

  private final Report report;
  private final Instant start;
  private final long millis;

  private ReportBars(Report report, Instant start, long millis) {
    this.report = report;
    this.start = start;
    this.millis = millis;
  }

  /** {@return the bars, or nothing if no step began} */
  static String of(Report report) {
    return report.steps().stream()
        .map(Report.Step::started)
        .filter(Objects::nonNull)
        .findFirst()
        .map(start -> new ReportBars(report, start, Math.max(1, end(report, start))).section())
        .orElse("");
  }

  private static long end(Report report, Instant start) {
    return report.steps().stream()
        .filter(s -> s.started() != null)
        .mapToLong(s -> since(start, Objects.requireNonNull(s.started())) + s.millis())
        .max()
        .orElse(0);
  }

  private static long since(Instant start, Instant at) {
    return Duration.between(start, at).toMillis();
  }

  private String section() {
    String rows = report.steps().stream().map(this::row).collect(Collectors.joining());
    return "<section><h2>Timeline</h2><div class=\"bars\">\n%s</div>%s</section>\n"
        .formatted(rows, KEY);
  }

  private String row(Report.Step step) {
    String took = step.started() == null ? "" : Durations.words(Duration.ofMillis(step.millis()));
    String name = "<span class=\"name\">%s</span>".formatted(Html.text(step.name()));
    String track =
        "<span class=\"track %s\">%s</span>".formatted(step.outcome().name(), bars(step));
    return "<div class=\"row\">%s%s<span class=\"took\">%s</span></div>\n"
        .formatted(name, track, took);
  }

  private String bars(Report.Step step) {
    if (step.started() == null) {
      return "";
    }
    String own = bar("step", step.started(), step.millis(), step.outcome().toString());
    return report.timeline().stream()
        .filter(m -> m.step().equals(step.name()))
        .filter(m -> m.kind() == Moment.Kind.CHANGE || m.kind() == Moment.Kind.WAIT)
        .map(m -> bar(m.kind().name().toLowerCase(Locale.ROOT), m.at(), m.millis(), m.toString()))
        .collect(Collectors.joining("", own, ""));
  }

  private String bar(String kind, Instant at, long took, String title) {
    return "<i class=\"%s\" style=\"--at:%s;--long:%s\" title=\"%s\"></i>"
        .formatted(kind, percent(since(start, at)), percent(took), Html.text(title));
  }

  private String percent(long part) {
    return String.format(Locale.ROOT, "%.2f%%", 100.0 * part / millis);
  }
}
