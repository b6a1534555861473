package io.clusterrecovery.examples;

import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time from the restore tool's start to the first linearizable read, as a run tells of it. */
final class RestoreSpan implements EventListener {
  private static final String BEGIN = "restore the snapshot aside";
  private static final String END = "restored etcd reads and writes";

  private @Nullable Instant begin;
  private @Nullable Instant end;

  @Override
  public void on(Event event) {
    if (event instanceof Event.ChangeStarted e && e.change().what().equals(BEGIN)) {
      begin = e.at();
    } else if (event instanceof Event.WaitFinished e && e.awaited().equals(END)) {
      end = e.at();
    }
  }

  double seconds() {
    Instant from = begin;
    Instant to = end;
    if (from == null || to == null) {
      throw new IllegalStateException("the run told of no '" + BEGIN + "' or no '" + END + "'");
    }
    return Duration.between(from, to).toNanos() / 1e9;
  }
}
