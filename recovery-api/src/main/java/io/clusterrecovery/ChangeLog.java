package io.clusterrecovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a step has changed so far, and how a failure is told in the light of it. What a step within
 * a step changes is known to both.
 */
final class ChangeLog {
  private static final String NOTHING = "nothing";

  private final RunSettings settings;
  private final String step;
  private final @Nullable ChangeLog outer;
  private final List<Change> completed = new ArrayList<>();
  private final List<Change> unknown = new ArrayList<>();

  ChangeLog(RunSettings settings, String step, @Nullable ChangeLog outer) {
    this.settings = settings;
    this.step = step;
    this.outer = outer;
  }

  synchronized List<Change> completed() {
    return List.copyOf(completed);
  }

  void perform(Change change, Runnable act) {
    requireConfirmed(change);
    settings.memory().record(JournalEntry.Kind.INTENT, key(change), change.what());
    begun(change);
    settings.tell(new Event.ChangeStarted(settings.clock().now(), step, change));
    Duration start = settings.clock().elapsed();
    try {
      act.run();
    } catch (RuntimeException e) {
      recordFailure(change, e);
      finished(change, e instanceof TimedOutException ? Outcome.TIMED_OUT : Outcome.FAILED, start);
      throw e;
    }
    done(change);
    finished(change, Outcome.DONE, start);
    settings.memory().record(JournalEntry.Kind.DONE, key(change), change.what());
  }

  private void requireConfirmed(Change change) {
    if (!settings.confirmation().confirms(step, change)) {
      String found = "This change was not confirmed: " + change + ".";
      throw failure(Code.NOT_CONFIRMED, found, "Resume the run when it may be made.", null);
    }
  }

  RecoveryException failure(Code code, String found, String next, @Nullable Throwable cause) {
    if (untouched()) {
      return new RefusedException(new Refusal(code, found, next), cause);
    }
    return new StepFailedException(code, found, completed(), unknown(), next, cause);
  }

  RecoveryException timeout(Wait wait, Duration limit, String seen, String next) {
    if (untouched()) {
      String found =
          "Waited %s for: %s. Last seen: %s.".formatted(Durations.words(limit), wait.name(), seen);
      return new RefusedException(new Refusal(Code.WAIT_TIMED_OUT, found, next), null);
    }
    return new TimedOutException(wait.name(), limit, seen, completed(), unknown(), next, null);
  }

  /** A port tells what is true of its call alone; here it becomes what is true of the step. */
  RecoveryException translated(RuntimeException e) {
    if (!(e instanceof RecoveryException told)) {
      String found = "Something unexpected failed: " + e + ".";
      return failure(Code.UNEXPECTED, found, "Look at the cause, then run the step again.", e);
    }
    if (untouched()) {
      boolean saysItself = told instanceof RefusedException || !told.changed().isEmpty();
      return saysItself ? told : failure(told.code(), told.found(), told.next(), told);
    }
    boolean complete = told.changed().equals(completed()) && unknownIn(told).equals(unknown());
    return complete && !(told instanceof RefusedException) ? told : withChanges(told);
  }

  private RecoveryException withChanges(RecoveryException told) {
    String unknown = joined(unknown(), unknownIn(told));
    if (told instanceof TimedOutException t) {
      return new TimedOutException(
          t.waitingFor(), t.limit(), t.found(), completed(), unknown, t.next(), t);
    }
    return new StepFailedException(
        told.code(), told.found(), completed(), unknown, told.next(), told);
  }

  static String unknownIn(RecoveryException told) {
    if (told instanceof StepFailedException s) {
      return s.unknown();
    }
    return told instanceof TimedOutException t ? t.unknown() : NOTHING;
  }

  private static String joined(String ours, String theirs) {
    if (theirs.equals(NOTHING) || ours.contains(theirs)) {
      return ours;
    }
    return ours.equals(NOTHING) ? theirs : ours + "; " + theirs;
  }

  private synchronized boolean untouched() {
    return completed.isEmpty() && unknown.isEmpty();
  }

  private synchronized String unknown() {
    return RecoveryException.listed(unknown);
  }

  private void begun(Change change) {
    synchronized (this) {
      unknown.add(change);
    }
    if (outer != null) {
      outer.begun(change);
    }
  }

  private void done(Change change) {
    synchronized (this) {
      unknown.removeIf(change::equals);
      completed.add(change);
    }
    if (outer != null) {
      outer.done(change);
    }
  }

  private void recordFailure(Change change, RuntimeException failure) {
    try {
      String why = String.valueOf(failure.getMessage());
      settings.memory().record(JournalEntry.Kind.FAILED, key(change), why);
    } catch (RecoveryException unwritten) {
      failure.addSuppressed(unwritten);
    }
  }

  private void finished(Change change, Outcome outcome, Duration start) {
    Duration took = settings.clock().elapsed().minus(start);
    settings.tell(new Event.ChangeFinished(settings.clock().now(), step, change, outcome, took));
  }

  private String key(Change change) {
    return step + "/" + change.id();
  }
}
