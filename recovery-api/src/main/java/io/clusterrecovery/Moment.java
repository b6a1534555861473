package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a run did, as its report's timeline shows it.
 *
 * @param at when it began, by the run's clock
 * @param millis how long it took, in milliseconds; 0 for what takes no time
 * @param step the step that it belongs to
 * @param kind what kind of thing it was
 * @param what what it was, in words
 * @param outcome how it ended, or null for what has no outcome
 * @param limitMillis how long it might have taken, in milliseconds, or 0 for no limit of its own
 */
public record Moment(
    Instant at,
    long millis,
    String step,
    Kind kind,
    String what,
    @Nullable Outcome outcome,
    long limitMillis) {

  /** What kind of thing a moment was. */
  public enum Kind {
    /** A change of the world. */
    CHANGE,
    /** A wait. */
    WAIT,
    /** A file that went over, whole. */
    TRANSFER,
    /** A call that failed for a passing reason and was made again. */
    RETRY,
    /** A line of output, or a remark. */
    LINE
  }

  /** Checks for null. */
  public Moment {
    requireNonNull(at, "at");
    requireNonNull(step, "step");
    requireNonNull(kind, "kind");
    requireNonNull(what, "what");
  }

  @Override
  public String toString() {
    String ended = outcome == null ? "" : " (" + outcome + ")";
    String took = millis == 0 ? "" : ", " + Durations.words(Duration.ofMillis(millis));
    return "%s %s %s%s%s".formatted(at, kind, what, took, ended);
  }
}
