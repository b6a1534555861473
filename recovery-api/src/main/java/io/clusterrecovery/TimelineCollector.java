package io.clusterrecovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects a report's timeline from the events of a run.
 *
 * <p>Of a step's lines the first ones are kept, so that a talkative script does not fill the memory
 * of what has to outlive it; the journal and the host's own logs have the rest.
 */
final class TimelineCollector implements EventListener {
  private static final int LINES_KEPT = 500;

  private final List<Moment> moments = new ArrayList<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, Instant> transfers = new HashMap<>();

  @Override
  public synchronized void on(Event event) {
    if (event instanceof Event.ChangeFinished e) {
      String what = e.change().toString();
      moments.add(ended(e, e.step(), Moment.Kind.CHANGE, what, e.outcome(), e.took(), null));
    } else if (event instanceof Event.WaitFinished e) {
      moments.add(
          ended(e, e.step(), Moment.Kind.WAIT, e.awaited(), e.outcome(), e.took(), e.limit()));
    } else if (event instanceof Event.Transfer e) {
      transferred(e);
    } else if (event instanceof Event.Retried e) {
      String what = "%s, attempt %d failed: %s".formatted(e.call(), e.attempt(), e.failure());
      moments.add(point(e, e.step(), Moment.Kind.RETRY, what));
    } else if (event instanceof Event.Line e) {
      line(e);
    }
  }

  synchronized List<Moment> moments() {
    return List.copyOf(moments);
  }

  private void transferred(Event.Transfer e) {
    TransferProgress p = e.progress();
    String what = "%s to %s, %d bytes".formatted(p.file(), p.host(), p.total());
    Instant began = transfers.computeIfAbsent(e.step() + what, key -> e.at());
    if (p.bytes() >= p.total()) {
      transfers.remove(e.step() + what);
      Duration took = Duration.between(began, e.at());
      moments.add(ended(e, e.step(), Moment.Kind.TRANSFER, what, Outcome.DONE, took, null));
    }
  }

  private void line(Event.Line e) {
    int count = lines.merge(e.step(), 1, Integer::sum);
    if (count <= LINES_KEPT) {
      moments.add(point(e, e.step(), Moment.Kind.LINE, e.text()));
    } else if (count == LINES_KEPT + 1) {
      moments.add(point(e, e.step(), Moment.Kind.LINE, "(further lines were not kept)"));
    }
  }

  private static Moment ended(
      Event event,
      String step,
      Moment.Kind kind,
      String what,
      Outcome outcome,
      Duration took,
      @Nullable Duration limit) {
    long limitMillis = limit == null ? 0 : limit.toMillis();
    return new Moment(
        event.at().minus(took), took.toMillis(), step, kind, what, outcome, limitMillis);
  }

  private static Moment point(Event event, String step, Moment.Kind kind, String what) {
    return new Moment(event.at(), 0, step, kind, what, null, 0);
  }
}
