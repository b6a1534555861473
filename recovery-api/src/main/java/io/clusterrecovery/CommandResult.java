package io.clusterrecovery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a command ended.
 *
 * @param exitStatus its exit status; 128 + n if signal n ended it
 * @param signal the name of the signal that ended it, such as {@code TERM}, or null if none did;
 *     where only a shell tells of it, a program that exits with 128 + n looks the same
 * @param out its standard output, as UTF-8, bounded: if there was more, its end
 * @param err its standard error, likewise
 * @param dropped how many bytes of the two were not kept
 * @param took how long it took
 */
public record CommandResult(
    int exitStatus, @Nullable String signal, String out, String err, long dropped, Duration took) {

  /** A command that no signal ended, and whose output was kept whole. */
  public CommandResult(int exitStatus, String out, String err, Duration took) {
    this(exitStatus, null, out, err, 0, took);
  }

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
    String end = "exit status " + exitStatus + (signal == null ? "" : " (signal " + signal + ")");
    return end + (tail.isEmpty() ? "" : ": " + tail);
  }
}
