package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, step by step.
 *
 * @param runbook the runbook's name
 * @param run the run's id
 * @param outcome {@link Outcome#DONE} if every step did what it should, else how it ended
 * @param steps each step, in order, those that were not reached too
 * @param waits each wait against its limit
 * @param forced each forcing that the caller wrote
 * @param timeline what was done, in the order in which it ended
 * @param journal the file that the run was journalled in, or null; not part of the JSON
 * @param failure what went wrong, or null; not part of the JSON
 */
public record Report(
    String runbook,
    String run,
    Outcome outcome,
    List<Step> steps,
    List<Waited> waits,
    List<String> forced,
    List<Moment> timeline,
    @Nullable Path journal,
    @Nullable RecoveryException failure) {

  /**
   * A step as it went.
   *
   * @param started when it began, or null if it was not reached
   * @param millis how long it took, in milliseconds
   * @param limitMillis how long it might have taken, in milliseconds, or 0 for no limit
   * @param changes what it changed
   * @param plan what it found and was to do, or null if it was not planned
   */
  public record Step(
      String name,
      @Nullable Instant started,
      long millis,
      long limitMillis,
      Outcome outcome,
      List<Change> changes,
      @Nullable Plan plan) {}

  /**
   * A wait as it went.
   *
   * @param limitMillis its limit in milliseconds
   * @param millis how long it took, in milliseconds
   */
  public record Waited(String name, long limitMillis, long millis) {}

  /** Copies the lists. */
  public Report {
    steps = List.copyOf(steps);
    waits = List.copyOf(waits);
    forced = List.copyOf(forced);
    timeline = List.copyOf(timeline);
  }

  /** {@return this report if all went well} Throws what went wrong otherwise. */
  public Report orThrow() {
    if (failure != null) {
      throw failure;
    }
    return this;
  }

  /** {@return this report as JSON} */
  public String toJson() {
    return Json.writePretty(new Told(runbook, run, outcome, steps, waits, forced, timeline));
  }

  /** What of a report is part of its JSON. */
  private record Told(
      String runbook,
      String run,
      Outcome outcome,
      List<Step> steps,
      List<Waited> waits,
      List<String> forced,
      List<Moment> timeline) {}

  /**
   * {@return this report as one HTML page} It loads nothing from elsewhere and runs no script, so
   * it can be opened anywhere and sent to whoever helps.
   */
  public String toHtml() {
    return ReportPage.of(this);
  }

  /**
   * Writes what somebody who helps needs into one zip archive: this report as text, page and JSON,
   * each step's plan, and the journal, without the values that the run settled once (tokens may be
   * among them). The file is made whole or not at all, readable by its owner alone.
   *
   * @throws UncheckedIOException if it cannot be written, or is there already
   */
  public void bundle(Path zip) {
    try {
      new ReportBundle(this).write(requireNonNull(zip, "zip"));
    } catch (IOException e) {
      throw new UncheckedIOException("the bundle cannot be written to " + zip, e);
    }
  }

  /** A step that refused has changed nothing; the steps before it may have. */
  private String ending(RecoveryException failure) {
    int changes = steps.stream().mapToInt(s -> s.changes().size()).sum();
    if (!(failure instanceof RefusedException refused) || changes == 0) {
      return String.valueOf(failure.getMessage());
    }
    return refused.refusals().stream()
        .map(Refusal::toString)
        .collect(
            Collectors.joining(
                "\n  ",
                "The last step refused and changed nothing; the steps before it made %d changes.\n  "
                    .formatted(changes),
                ""));
  }

  @Override
  public String toString() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("step", "outcome", "took", "changes"));
    for (Step s : steps) {
      String took = Durations.words(Duration.ofMillis(s.millis()));
      rows.add(List.of(s.name(), s.outcome().toString(), took, String.valueOf(s.changes().size())));
    }
    String ended = failure == null ? "" : "\n" + ending(failure);
    return "Run %s of '%s': %s\n%s%s".formatted(run, runbook, outcome, TextTable.of(rows), ended);
  }
}
