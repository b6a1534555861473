package io.clusterrecovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One step of a report's page: what it found, changed, waited for, and heard. */
final class ReportStepPart {
  private final Report.Step step;
  private final List<Moment> moments;

  private ReportStepPart(Report.Step step, List<Moment> moments) {
    this.step = step;
    this.moments = moments;
  }

  static String of(Report.Step step, List<Moment> moments) {
    return new ReportStepPart(step, moments).details();
  }

  private String details() {
    boolean ended = step.outcome() == Outcome.DONE || step.outcome() == Outcome.UNCHANGED;
    String open = ended || step.started() == null ? "" : " open";
    String took = step.started() == null ? "" : Durations.words(Duration.ofMillis(step.millis()));
    return "<details%s><summary>%s %s<span class=\"took\">%s</span></summary>\n%s</details>\n"
        .formatted(open, Html.text(step.name()), Html.badge(step.outcome()), took, parts());
  }

  private String parts() {
    String all = planned(step.plan()) + changes() + waits() + transfers() + lines();
    return all.isEmpty() ? "<p class=\"run\">Nothing is known of it.</p>" : all;
  }

  private static String planned(@Nullable Plan plan) {
    if (plan == null) {
      return "";
    }
    return "<p class=\"run\">%s, %s; plan <code>%s</code></p>\n"
            .formatted(Html.text(plan.operation()), Html.text(plan.target()), plan.fingerprint())
        + facts(plan)
        + list("Refused", plan.refusals().stream().map(Refusal::toString).toList())
        + list("Notes", plan.notes());
  }

  private static String facts(Plan plan) {
    return plan.facts().stream()
        .map(f -> Html.term(f.name(), f.value()))
        .collect(Collectors.collectingAndThen(Collectors.joining(), ReportStepPart::factsPart));
  }

  private static String factsPart(String terms) {
    return terms.isEmpty() ? "" : "<h3>Found</h3><dl class=\"facts\">\n" + terms + "</dl>\n";
  }

  private static String list(String title, List<String> items) {
    if (items.isEmpty()) {
      return "";
    }
    return items.stream()
        .map(i -> "<li>" + Html.text(i) + "</li>")
        .collect(Collectors.joining("\n", "<h3>" + title + "</h3><ul>", "</ul>\n"));
  }

  private String changes() {
    List<List<String>> rows = new ArrayList<>();
    for (Moment m : of(Moment.Kind.CHANGE)) {
      rows.add(List.of(clock(m), Html.text(m.what()), took(m), ended(m)));
    }
    return rows.isEmpty()
        ? ""
        : "<h3>Changes</h3>" + Html.table(List.of("at", "what", "took", "outcome"), rows);
  }

  private String waits() {
    List<List<String>> rows = new ArrayList<>();
    for (Moment m : of(Moment.Kind.WAIT)) {
      String limit = Durations.words(Duration.ofMillis(m.limitMillis()));
      String meter =
          "<meter min=\"0\" max=\"%d\" value=\"%d\"></meter>"
              .formatted(Math.max(1, m.limitMillis()), m.millis());
      rows.add(List.of(clock(m), Html.text(m.what()), took(m) + " of " + limit, meter, ended(m)));
    }
    return rows.isEmpty()
        ? ""
        : "<h3>Waits</h3>"
            + Html.table(List.of("at", "what for", "took", "of its limit", "outcome"), rows);
  }

  private String transfers() {
    return list(
        "Files sent and fetched",
        of(Moment.Kind.TRANSFER).stream().map(m -> m.what() + ", " + took(m)).toList());
  }

  private String lines() {
    List<Moment> told =
        moments.stream()
            .filter(m -> m.kind() == Moment.Kind.LINE || m.kind() == Moment.Kind.RETRY)
            .toList();
    if (told.isEmpty()) {
      return "";
    }
    return told.stream()
        .map(m -> Html.text(m.at() + "  " + m.what()))
        .collect(Collectors.joining("\n", "<h3>Heard</h3><pre>", "</pre>\n"));
  }

  private List<Moment> of(Moment.Kind kind) {
    return moments.stream().filter(m -> m.kind() == kind).toList();
  }

  private static String clock(Moment m) {
    return "<span class=\"mono\">" + m.at().toString().substring(11, 19) + "</span>";
  }

  private static String took(Moment m) {
    return Durations.words(Duration.ofMillis(m.millis()));
  }

  private static String ended(Moment m) {
    return m.outcome() == null ? "" : Html.badge(m.outcome());
  }
}
