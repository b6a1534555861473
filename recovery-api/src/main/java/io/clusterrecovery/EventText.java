package io.clusterrecovery;

/** What an event says in one line, indented by how deep in a step it is. */
final class EventText {
  private EventText() {}

  /** {@return the line, or nothing for what needs none} */
  static String of(Event event) {
    if (event instanceof Event.StepStarted e) {
      return "== " + e.step() + " (until the deadline: " + Durations.words(e.limit()) + ")";
    } else if (event instanceof Event.StepFinished e) {
      return "== %s: %s after %s".formatted(e.step(), e.outcome(), Durations.words(e.took()));
    } else if (event instanceof Event.ChangeStarted e) {
      Change c = e.change();
      return "   %s on %s: %s -> %s".formatted(c.what(), c.on(), c.from(), c.to());
    } else if (event instanceof Event.ChangeFinished e && e.outcome() != Outcome.DONE) {
      return "   %s on %s: %s".formatted(e.change().what(), e.change().on(), e.outcome());
    } else if (event instanceof Event.Retried e) {
      return "     %s failed for a passing reason, attempt %d: %s"
          .formatted(e.call(), e.attempt(), e.failure());
    } else if (event instanceof Event.Line e) {
      return "     | " + e.text();
    }
    return ofWait(event);
  }

  private static String ofWait(Event event) {
    if (event instanceof Event.WaitStarted e) {
      return "   waiting, %s at most: %s".formatted(Durations.words(e.limit()), e.awaited());
    } else if (event instanceof Event.WaitProgress e) {
      return "     %s of %s: %s"
          .formatted(Durations.words(e.elapsed()), Durations.words(e.limit()), e.seen());
    } else if (event instanceof Event.WaitFinished e) {
      return "     %s after %s: %s".formatted(e.outcome(), Durations.words(e.took()), e.awaited());
    }
    return "";
  }
}
