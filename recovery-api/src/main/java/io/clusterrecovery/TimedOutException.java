package io.clusterrecovery;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A wait that reached its limit after something had been changed: changed, but not confirmed. */
public final class TimedOutException extends RecoveryException {
  private static final long serialVersionUID = 1L;

  private final String waitingFor;
  private final Duration limit;
  private final String unknown;

  /**
   * Creates a timeout.
   *
   * @param waitingFor the name of the wait
   * @param limit the limit it reached
   * @param lastSeen what was seen last
   * @param changed the changes that were completed
   * @param next what to do next
   */
  public TimedOutException(
      String waitingFor,
      Duration limit,
      String lastSeen,
      List<Change> changed,
      String next,
      @Nullable Throwable cause) {
    this(waitingFor, limit, lastSeen, changed, "nothing", next, cause);
  }

  /**
   * Creates a timeout.
   *
   * @param waitingFor the name of the wait
   * @param limit the limit it reached
   * @param lastSeen what was seen last
   * @param changed the changes that were completed
   * @param unknown what may or may not have happened, or "nothing"
   * @param next what to do next
   */
  public TimedOutException(
      String waitingFor,
      Duration limit,
      String lastSeen,
      List<Change> changed,
      String unknown,
      String next,
      @Nullable Throwable cause) {
    super(
        "%s: waited %s for: %s. Last seen: %s. Changed so far: %s. Unknown: %s. Next: %s"
            .formatted(
                Code.WAIT_TIMED_OUT,
                Durations.words(limit),
                waitingFor,
                lastSeen,
                listed(changed),
                unknown,
                next),
        Code.WAIT_TIMED_OUT,
        lastSeen,
        changed,
        next,
        cause);
    this.waitingFor = waitingFor;
    this.limit = limit;
    this.unknown = unknown;
  }

  /** {@return the name of the wait} */
  public String waitingFor() {
    return waitingFor;
  }

  /** {@return the limit that was reached} */
  public Duration limit() {
    return limit;
  }

  /** {@return what may or may not have happened, or "nothing"} */
  public String unknown() {
    return unknown;
  }
}
