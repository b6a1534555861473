package io.clusterrecovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step has changed so far, and how a failure is told in the light of it. */
final class ChangeLog {
  private final RunSettings settings;
  private final String step;
  private final List<Change> completed = new ArrayList<>();
  private @Nullable Change inFlight;

  ChangeLog(RunSettings settings, String step) {
    this.settings = settings;
    this.step = step;
  }

  synchronized List<Change> completed() {
    return List.copyOf(completed);
  }

  void perform(Change change, Runnable act) {
    begin(change);
    Duration start = settings.clock().elapsed();
    try {
      act.run();
    } catch (RuntimeException e) {
      settings
          .memory()
          .record(JournalEntry.Kind.FAILED, key(change), String.valueOf(e.getMessage()));
      finished(change, e instanceof RecoveryException r ? Outcome.of(r) : Outcome.FAILED, start);
      throw e;
    }
    settings.memory().record(JournalEntry.Kind.DONE, key(change), change.what());
    complete(change);
    finished(change, Outcome.DONE, start);
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
    return new TimedOutException(wait.name(), limit, seen, completed(), next, null);
  }

  /** A port tells what is true of its call alone; here it becomes what is true of the step. */
  RecoveryException translated(RuntimeException e) {
    if (!(e instanceof RecoveryException told)) {
      String found = "Something unexpected failed: " + e + ".";
      return failure(Code.UNEXPECTED, found, "Look at the cause, then run the step again.", e);
    }
    if (untouched()) {
      return told instanceof RefusedException
          ? told
          : failure(told.code(), told.found(), told.next(), told);
    }
    boolean complete = !(told instanceof RefusedException) && told.changed().equals(completed());
    return complete ? told : withChanges(told);
  }

  private RecoveryException withChanges(RecoveryException told) {
    if (told instanceof TimedOutException t) {
      return new TimedOutException(t.waitingFor(), t.limit(), t.found(), completed(), t.next(), t);
    }
    return failure(told.code(), told.found(), told.next(), told);
  }

  private synchronized boolean untouched() {
    return completed.isEmpty() && inFlight == null;
  }

  private synchronized String unknown() {
    return inFlight == null ? "nothing" : inFlight.what() + " on " + inFlight.on();
  }

  private void begin(Change change) {
    settings.memory().record(JournalEntry.Kind.INTENT, key(change), change.what());
    synchronized (this) {
      inFlight = change;
    }
    settings.tell(new Event.ChangeStarted(settings.clock().now(), step, change));
  }

  private synchronized void complete(Change change) {
    completed.add(change);
    inFlight = null;
  }

  private void finished(Change change, Outcome outcome, Duration start) {
    Duration took = settings.clock().elapsed().minus(start);
    settings.tell(new Event.ChangeFinished(settings.clock().now(), step, change, outcome, took));
  }

  private String key(Change change) {
    return step + "/" + change.id();
  }
}
