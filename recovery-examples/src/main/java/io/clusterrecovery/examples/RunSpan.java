package io.clusterrecovery.examples;

import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The time from one thing that a run tells of to another. */
final class RunSpan implements EventListener {
  private final Predicate<Event> first;
  private final Predicate<Event> last;
  private @Nullable Instant begin;
  private @Nullable Instant end;

  private RunSpan(Predicate<Event> first, Predicate<Event> last) {
    this.first = first;
    this.last = last;
  }

  /** From the restore tool's start to the first linearizable read. */
  static RunSpan ofRestore() {
    return new RunSpan(
        e -> begins(e, "restore the snapshot aside"),
        e ->
            e instanceof Event.WaitFinished wait
                && wait.awaited().equals("restored etcd reads and writes"));
  }

  /** From the add of a learner to its vote. */
  static RunSpan ofGrowth() {
    return new RunSpan(
        e -> begins(e, "add as learner"),
        e ->
            e instanceof Event.ChangeFinished change
                && change.change().what().equals("promote to voter"));
  }

  private static boolean begins(Event event, String what) {
    return event instanceof Event.ChangeStarted change && change.change().what().equals(what);
  }

  @Override
  public void on(Event event) {
    if (first.test(event)) {
      begin = event.at();
    } else if (last.test(event)) {
      end = event.at();
    }
  }

  double seconds() {
    Instant from = begin;
    Instant to = end;
    if (from == null || to == null) {
      throw new IllegalStateException("the run did not tell of its begin or its end");
    }
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
