package io.clusterrecovery;

import java.time.Duration;

/**
 * How far a run has come, as seen at one moment.
 *
 * @param step the step that runs or ran last, or empty before the first
 * @param number that step's place, from 1, or 0 before the first
 * @param of how many steps there are
 * @param doing what is being done: a change, a wait with what it last saw, a transfer; or empty
 * @param elapsed the time since the run began, by its clock
 * @param ended whether the run has ended
 */
public record Progress(
    String step, int number, int of, String doing, Duration elapsed, boolean ended) {

  @Override
  public String toString() {
    if (number == 0) {
      return ended ? "ended before the first step" : "not begun";
    }
    String now = ended ? "ended" : doing;
    return "step %d of %d '%s', %s%s"
        .formatted(number, of, step, Durations.words(elapsed), now.isEmpty() ? "" : ": " + now);
  }
}
