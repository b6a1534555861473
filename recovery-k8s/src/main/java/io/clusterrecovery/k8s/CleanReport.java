package io.clusterrecovery.k8s;

import io.clusterrecovery.Change;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a restored cluster was found, and how it was left.
 *
 * @param before every check as it was at first
 * @param changes what was done
 * @param after every check, read again
 */
public record CleanReport(List<CheckResult> before, List<Change> changes, List<CheckResult> after) {

  /** Copies the lists. */
  public CleanReport {
    before = List.copyOf(before);
    changes = List.copyOf(changes);
    after = List.copyOf(after);
  }

  /** {@return the checks that somebody has to look at} */
  public List<CheckResult> troubled() {
    return after.stream().filter(r -> r.verdict() instanceof CheckVerdict.Troubled).toList();
  }

  /** {@return the checks that were not made} */
  public List<CheckResult> unknown() {
    return after.stream().filter(r -> r.verdict() instanceof CheckVerdict.Unknown).toList();
  }

  @Override
  public String toString() {
    return changes.size()
        + " changes"
        + after.stream().map(r -> "\n  " + r).collect(Collectors.joining());
  }
}
