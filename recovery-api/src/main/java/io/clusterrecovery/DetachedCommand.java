package io.clusterrecovery;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A command that runs on a host by itself, with its output and exit status in files there.
 *
 * <p>Thread-safe. Every call reaches the host anew, and connects again if the connection was lost.
 */
public interface DetachedCommand {

  /** {@return the name under which it was started} */
  String name();

  /** {@return how it ended, or empty while it runs} */
  Optional<CommandResult> result();

  /**
   * Follows its output, line by line, until it ends.
   *
   * @param fromByte where in its output to begin: 0, or what an earlier follower had reached
   * @param limit how long to follow; the command goes on when this is reached
   * @param lines is told each line, and the byte after it
   * @throws TimedOutException at the limit; the command goes on
   */
  CommandResult follow(long fromByte, Duration limit, Consumer<OutputLine> lines);

  /** Ends it and everything it started; returns when nothing of it is left. */
  void stop();

  /** Removes its files from the host; it must have ended. */
  void remove();

  /**
   * A line that the command printed, on either stream.
   *
   * @param text the line without its end
   * @param nextByte where the next line begins
   */
  record OutputLine(String text, long nextByte) {}
}
