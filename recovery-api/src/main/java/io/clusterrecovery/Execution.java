package io.clusterrecovery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of a runbook. */
final class Execution {
  private static final Duration NO_LIMIT = Duration.ofDays(365);
  private static final String ACCEPTED = "accepted-plan";

  private final String name;
  private final List<RunbookStep<?>> steps;
  private final RunbookSettings settings;
  private final ReportCollector collector;
  private final Results results = new Results();
  private AcceptedPlan accepted = AcceptedPlan.anything();

  Execution(String name, List<RunbookStep<?>> steps, RunbookSettings settings) {
    this.name = name;
    this.steps = steps;
    this.settings = settings;
    this.collector = new ReportCollector(steps.stream().map(s -> s.ref().name()).toList());
  }

  /**
   * Runs from the beginning.
   *
   * @param plan the accepted plan, or null to accept whatever steps come up with
   */
  Report run(@Nullable RunbookPlan plan) {
    RunId id = RunId.startingAt(settings.clock.now());
    Path file = settings.journal;
    if (plan != null) {
      accepted = AcceptedPlan.of(plan, Set.of());
    }
    if (file == null) {
      return run(id, null);
    }
    try (Journal journal = Journal.open(file, settings.clock)) {
      if (!journal.entries().isEmpty()) {
        throw refused(file, "holds a run already", "Resume that run, or use another file.");
      }
      journal.append(JournalEntry.Kind.RUN, name, id.value());
      if (plan != null) {
        journal.append(JournalEntry.Kind.VALUE, ACCEPTED, plan.toJson());
      }
      return run(id, journal);
    }
  }

  Report resume() {
    Path file = settings.journal;
    if (file == null) {
      throw refused(null, "was not set, so there is nothing to resume", "Set journal(file).");
    }
    try (Journal journal = Journal.openExisting(file, settings.clock)) {
      RunId id =
          journal.entries().stream()
              .filter(e -> e.kind() == JournalEntry.Kind.RUN && e.key().equals(name))
              .findFirst()
              .map(e -> new RunId(e.detail()))
              .orElseThrow(
                  () -> refused(file, "holds no run of '" + name + "'", "Check file and name."));
      accepted = acceptedIn(journal.entries());
      journal.append(JournalEntry.Kind.RESUMED, name, id.value());
      return run(id, journal);
    }
  }

  /** A step that has begun goes on from what is there, which is not what was planned. */
  private static AcceptedPlan acceptedIn(List<JournalEntry> entries) {
    Set<String> begun =
        entries.stream()
            .filter(e -> e.kind() == JournalEntry.Kind.STEP)
            .map(JournalEntry::key)
            .collect(Collectors.toSet());
    return entries.stream()
        .filter(e -> e.kind() == JournalEntry.Kind.VALUE && e.key().equals(ACCEPTED))
        .findFirst()
        .map(e -> AcceptedPlan.of(RunbookPlan.fromJson(e.detail()), begun))
        .orElseGet(AcceptedPlan::anything);
  }

  private Report run(RunId id, @Nullable Journal journal) {
    RunSettings run =
        new RunSettings(
            id,
            settings.clock,
            collector.andThen(settings.listener),
            settings.confirmation,
            Deadline.in(settings.deadline, settings.clock),
            new RunMemory(journal),
            settings.locks(id, steps));
    try (JournalCopier copier = copier(run)) {
      if (journal != null && copier != null) {
        journal.copyWith(copier);
      }
      RecoveryException failure = runSteps(run);
      failure = recordEnd(run, JournalEntry.Kind.RUN_END, name, outcome(failure), failure);
      if (failure == null || !canBeResumed(journal)) {
        run.locks().release(line -> tell(run, line));
      }
      return collector.report(name, id, outcome(failure), settings.journal, failure);
    } finally {
      run.locks().leave();
    }
  }

  /** Whether it has changed anything, this time or before, so that it is worth a resume. */
  private static boolean canBeResumed(@Nullable Journal journal) {
    return journal != null && journal.hasChanges();
  }

  private @Nullable JournalCopier copier(RunSettings run) {
    RemoteHost host = settings.journalCopyOn;
    return host == null ? null : new JournalCopier(host, run.runId(), line -> tell(run, line));
  }

  private void tell(RunSettings run, String line) {
    run.tell(new Event.Line(run.clock().now(), name, line));
  }

  private @Nullable RecoveryException runSteps(RunSettings run) {
    for (RunbookStep<?> step : steps) {
      RecoveryException failure = runStep(step, run);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  private @Nullable RecoveryException runStep(RunbookStep<?> step, RunSettings run) {
    String stepName = step.ref().name();
    Duration start = run.clock().elapsed();
    Duration limit = run.deadline().within(NO_LIMIT);
    run.tell(new Event.StepStarted(run.clock().now(), stepName, limit));
    Outcome outcome;
    RecoveryException failure = null;
    try {
      requireTimeFor(stepName, limit);
      run.memory().record(JournalEntry.Kind.STEP, stepName, "");
      outcome = step.run(RunContext.of(run).forStep(stepName), results, accepted);
    } catch (RecoveryException e) {
      failure = e;
      outcome = Outcome.of(e);
    }
    failure = recordEnd(run, JournalEntry.Kind.STEP_END, stepName, outcome, failure);
    Duration took = run.clock().elapsed().minus(start);
    run.tell(new Event.StepFinished(run.clock().now(), stepName, outcome, took));
    return failure;
  }

  private static Outcome outcome(@Nullable RecoveryException failure) {
    return failure == null ? Outcome.DONE : Outcome.of(failure);
  }

  private static void requireTimeFor(String step, Duration left) {
    if (left.isZero()) {
      String found = "The run's deadline had passed before step '" + step + "' began.";
      String next = "Resume the run; it then has a deadline of its own.";
      throw new RefusedException(new Refusal(Code.WAIT_TIMED_OUT, found, next), null);
    }
  }

  /** An end that cannot be written is a failure of its own, but never hides an earlier one. */
  private static @Nullable RecoveryException recordEnd(
      RunSettings run,
      JournalEntry.Kind kind,
      String key,
      Outcome outcome,
      @Nullable RecoveryException failure) {
    try {
      run.memory().record(kind, key, outcome.name());
      return failure;
    } catch (RecoveryException e) {
      if (failure != null) {
        failure.addSuppressed(e);
        return failure;
      }
      return new StepFailedException(e.code(), e.found(), List.of(), "nothing", e.next(), e);
    }
  }

  private static RefusedException refused(@Nullable Path file, String found, String next) {
    String text = "The journal " + (file == null ? "" : file + " ") + found + ".";
    return new RefusedException(new Refusal(Code.JOURNAL_UNUSABLE, text, next), null);
  }
}
