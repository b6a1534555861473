package io.clusterrecovery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step that failed part-way: {@link #changed()} was done, and the effect of {@link #unknown()} is
 * not known.
 */
public final class StepFailedException extends RecoveryException {
  private static final long serialVersionUID = 1L;

  private final String unknown;

  /**
   * Creates a failure.
   *
   * @param found what was found
   * @param changed the changes that were completed
   * @param unknown what may or may not have happened, or "nothing"
   * @param next what to do next
   */
  public StepFailedException(
      Code code,
      String found,
      List<Change> changed,
      String unknown,
      String next,
      @Nullable Throwable cause) {
    super(
        "%s: %s Changed so far: %s. Unknown: %s. Next: %s"
            .formatted(code, found, listed(changed), unknown, next),
        code,
        found,
        changed,
        next,
        cause);
    this.unknown = unknown;
  }

  /** {@return what may or may not have happened, or "nothing"} */
  public String unknown() {
    return unknown;
  }
}
