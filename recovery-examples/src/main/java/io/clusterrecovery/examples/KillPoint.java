package io.clusterrecovery.examples;

import io.clusterrecovery.Event;
import io.clusterrecovery.Outcome;
import java.util.Locale;
import java.util.Optional;

/**
 * A moment of a recovery at which its process can be killed, by names that are the same in every
 * lab.
 *
 * @param when where it lies
 * @param what the step and the change or the wait, or a line that something printed which it
 *     follows
 */
record KillPoint(When when, String what) {

  /** Where a moment lies. */
  enum When {
    /** The change's intent is journalled, and nothing was done yet. */
    BEFORE,
    /** The change was made, and its outcome is not journalled yet. */
    AFTER,
    /** The change or the wait is under way, or what has printed the line goes on. */
    INSIDE
  }

  /** Reads a point as {@link #toString()} writes it. */
  static KillPoint parse(String text) {
    int colon = text.indexOf(':');
    try {
      return new KillPoint(
          When.valueOf(text.substring(0, Math.max(colon, 0)).toUpperCase(Locale.ROOT)),
          text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a point to kill at: " + text, e);
    }
  }

  boolean isBefore(Event event) {
    return event instanceof Event.ChangeStarted e
        && when == When.BEFORE
        && what.equals(name(e.step(), e.change().id()));
  }

  boolean isAfter(Event event) {
    if (event instanceof Event.WaitFinished wait) {
      return when == When.INSIDE && what.equals(name(wait.step(), wait.awaited()));
    }
    return event instanceof Event.ChangeFinished e
        && e.outcome() == Outcome.DONE
        && when != When.BEFORE
        && what.equals(name(e.step(), e.change().id()));
  }

  boolean isBegun(Event event) {
    return when == When.INSIDE && begun(event).filter(what::equals).isPresent();
  }

  private static Optional<String> begun(Event event) {
    if (event instanceof Event.WaitStarted wait) {
      return Optional.of(name(wait.step(), wait.awaited()));
    }
    if (event instanceof Event.Line line) {
      return Optional.of(name(line.step(), line.text()));
    }
    return event instanceof Event.ChangeStarted e
        ? Optional.of(name(e.step(), e.change().id()))
        : Optional.empty();
  }

  /** What is of one lab alone is left out: ids that AWS gave out, and the lab's network. */
  static String name(String step, String what) {
    return (step + "/" + what)
        .replaceAll("arn:[^ ]*targetgroup/(\\w+)/[0-9a-f]{16}", "$1")
        .replaceAll("[A-Z0-9]{15,}", "ID")
        .replaceAll("@\\d+\\.\\d+\\.\\d+\\.\\d+", "")
        .replaceAll("\\d+\\.\\d+\\.\\d+\\.(\\d+)", "host-$1")
        .replace(' ', '-');
  }

  @Override
  public String toString() {
    return when.name().toLowerCase(Locale.ROOT) + ":" + what;
  }
}
