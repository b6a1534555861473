package io.clusterrecovery.aws;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else edited records meanwhile; the cause of a failure whose code is {@code
 * CONCURRENT_CHANGE}, for callers that want both values as data. Immutable.
 */
public final class DnsConflictException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Conflict> conflicts;

  /**
   * One record that is not as it was expected to be.
   *
   * @param record its name and type
   * @param expected how it was expected to be, "absent" if it was expected not to be there
   * @param found how it is, "absent" if it is not there
   */
  public record Conflict(String record, String expected, String found) {
    @Override
    public String toString() {
      return "%s was %s and is %s now".formatted(record, expected, found);
    }
  }

  DnsConflictException(List<Conflict> conflicts, @Nullable Throwable cause) {
    super(conflicts.stream().map(Conflict::toString).collect(Collectors.joining("; ")), cause);
    this.conflicts = List.copyOf(conflicts);
  }

  /** {@return the records that differ} */
  public List<Conflict> conflicts() {
    return conflicts == null ? List.of() : conflicts;
  }
}
