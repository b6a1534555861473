package io.clusterrecovery;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An operation that did not start: nothing was changed. Carries every reason, not only the first.
 */
public final class RefusedException extends RecoveryException {
  private static final long serialVersionUID = 1L;

  private final transient List<Refusal> refusals;

  /**
   * Creates a refusal for one or more reasons.
   *
   * @param refusals the reasons, at least one; the first gives the code
   */
  public RefusedException(List<Refusal> refusals) {
    this(refusals, null);
  }

  /** Creates a refusal for one reason, with the failure that showed it. */
  public RefusedException(Refusal refusal, @Nullable Throwable cause) {
    this(List.of(refusal), cause);
  }

  RefusedException(List<Refusal> refusals, @Nullable Throwable cause) {
    super(
        message(refusals),
        refusals.get(0).code(),
        refusals.get(0).found(),
        List.of(),
        refusals.get(0).next(),
        cause);
    this.refusals = List.copyOf(refusals);
  }

  /** {@return all reasons} */
  public List<Refusal> refusals() {
    return refusals == null ? List.of(new Refusal(code(), found(), next())) : refusals;
  }

  private static String message(List<Refusal> refusals) {
    return refusals.stream()
        .map(Refusal::toString)
        .collect(Collectors.joining("\n  ", "Refused, nothing was changed.\n  ", ""));
  }
}
