package io.clusterrecovery;

import java.time.Duration;
import java.util.List;

/** Keeps how far a run has come, for whoever asks from another thread. */
final class ProgressCollector implements EventListener {
  private final List<String> steps;
  private final Clock clock;
  private final Duration start;
  private String step = "";
  private String doing = "";
  private int transferred = -1;

  ProgressCollector(List<String> steps, Clock clock) {
    this.steps = List.copyOf(steps);
    this.clock = clock;
    this.start = clock.elapsed();
  }

  @Override
  public synchronized void on(Event event) {
    if (event instanceof Event.StepStarted e) {
      step = e.step();
      doing = "";
    } else if (event instanceof Event.ChangeStarted e) {
      doing = e.change().what() + " on " + e.change().on();
    } else if (event instanceof Event.WaitStarted e) {
      doing = "waiting for " + e.awaited();
    } else if (event instanceof Event.WaitProgress e) {
      doing = "waiting for %s, last seen: %s".formatted(e.awaited(), e.seen());
    } else if (event instanceof Event.Transfer e) {
      transferred(e.progress());
    } else if (event instanceof Event.ChangeFinished || event instanceof Event.WaitFinished) {
      doing = "";
    }
  }

  private void transferred(TransferProgress p) {
    int percent = p.total() == 0 ? 100 : (int) (100 * p.bytes() / p.total());
    if (percent != transferred) {
      transferred = percent;
      doing = "%s to %s, %d %%".formatted(p.file(), p.host(), percent);
    }
  }

  synchronized Progress progress(boolean ended) {
    return new Progress(
        step, steps.indexOf(step) + 1, steps.size(), doing, clock.elapsed().minus(start), ended);
  }
}
