package io.clusterrecovery;

import java.time.Duration;
import java.util.function.Supplier;

/** One wait as it goes on. */
final class Waiting<T> {
  private final RunSettings settings;
  private final String step;
  private final Wait wait;
  private final ChangeLog changes;
  private final Duration start;
  private final Duration limit;
  private String seen = "nothing yet";
  private Outcome outcome = Outcome.FAILED;

  Waiting(RunSettings settings, String step, Wait wait, ChangeLog changes) {
    this.settings = settings;
    this.step = step;
    this.wait = wait;
    this.changes = changes;
    this.start = settings.clock().elapsed();
    this.limit = settings.deadline().within(wait.limit());
  }

  T until(Supplier<Poll<T>> probe) {
    settings.tell(new Event.WaitStarted(settings.clock().now(), step, wait.name(), limit));
    try {
      T value = poll(probe);
      outcome = Outcome.DONE;
      return value;
    } finally {
      settings.tell(
          new Event.WaitFinished(
              settings.clock().now(), step, wait.name(), outcome, elapsed(), limit));
    }
  }

  private T poll(Supplier<Poll<T>> probe) {
    while (true) {
      Poll<T> look = probe.get();
      if (look instanceof Poll.Done<T> done) {
        return done.value();
      }
      if (look instanceof Poll.Never<T> never) {
        throw changes.failure(never.code(), never.found(), never.next(), null);
      }
      tellIfNew(((Poll.NotYet<T>) look).seen());
      Duration left = limit.minus(elapsed());
      if (left.isZero() || left.isNegative()) {
        String next = "Find out why, then run the step again; it goes on from what is there.";
        outcome = Outcome.TIMED_OUT;
        throw changes.timeout(wait, limit, seen, next);
      }
      pause(left.compareTo(wait.every()) < 0 ? left : wait.every());
    }
  }

  private void tellIfNew(String look) {
    if (!look.equals(seen)) {
      seen = look;
      settings.tell(
          new Event.WaitProgress(
              settings.clock().now(), step, wait.name(), seen, elapsed(), limit));
    }
  }

  private void pause(Duration time) {
    try {
      settings.clock().pause(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      String found = "The run was interrupted while it waited for: " + wait.name() + ".";
      throw changes.failure(Code.INTERRUPTED, found, "Resume it when you are ready.", e);
    }
  }

  private Duration elapsed() {
    return settings.clock().elapsed().minus(start);
  }
}
