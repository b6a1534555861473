package io.clusterrecovery;

import java.time.Duration;

/**
 * How a command ended.
 *
 * @param exitStatus its exit status; 128 + n if signal n ended it
 * @param out its standard output, as UTF-8, bounded: if there was more, its end
 * @param err its standard error, likewise
 * @param took how long it took
 */
public record CommandResult(int exitStatus, String out, String err, Duration took) {

  /** {@return whether the exit status is 0; no proof that the world is as wanted} */
  public boolean succeeded() {
    return exitStatus == 0;
  }

  /** {@return the standard output without white space at its ends} */
  public String text() {
    return out.strip();
  }

  /** {@return exit status and what was printed last, in one line, for messages} */
  public String summary() {
    String shown = (err.isBlank() ? out : err).strip().replaceAll("\\s*\\R\\s*", " | ");
    String tail = shown.length() <= 300 ? shown : "…" + shown.substring(shown.length() - 300);
    return "exit status " + exitStatus + (tail.isEmpty() ? "" : ": " + tail);
  }
}
