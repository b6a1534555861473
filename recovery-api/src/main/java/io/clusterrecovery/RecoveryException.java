package io.clusterrecovery;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recovery that did not go as planned; its kind says what may have been changed.
 *
 * <ul>
 *   <li>{@link RefusedException}: nothing was changed.
 *   <li>{@link StepFailedException}: {@link #changed()} was done, and one thing is unknown.
 *   <li>{@link TimedOutException}: {@link #changed()} was done, and what was waited for did not
 *       come.
 * </ul>
 */
public abstract sealed class RecoveryException extends RuntimeException
    permits RefusedException, StepFailedException, TimedOutException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String found;
  private final transient List<Change> changed;
  private final String next;

  RecoveryException(
      String message,
      Code code,
      String found,
      List<Change> changed,
      String next,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.found = found;
    this.changed = List.copyOf(changed);
    this.next = next;
  }

  /** {@return the stable name of the reason} */
  public Code code() {
    return code;
  }

  /** {@return what was found} */
  public String found() {
    return found;
  }

  /** {@return the changes that were completed before, in order} */
  public List<Change> changed() {
    return changed == null ? List.of() : changed;
  }

  /** {@return what to do next} */
  public String next() {
    return next;
  }

  static String listed(List<Change> changes) {
    if (changes.isEmpty()) {
      return "nothing";
    }
    return String.join("; ", changes.stream().map(c -> c.what() + " on " + c.on()).toList());
  }
}
