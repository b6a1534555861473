package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A check of a restored cluster, with what it looked at and what that comes to.
 *
 * @param check its name
 * @param facts what it looked at, as far as it bears on the verdict
 * @param verdict what it comes to
 */
public record CheckResult(String check, List<String> facts, CheckVerdict verdict) {
  /** Checks for null, copies the list. */
  public CheckResult {
    requireNonNull(check, "check");
    facts = List.copyOf(facts);
    requireNonNull(verdict, "verdict");
  }

  @Override
  public String toString() {
    return check + " " + verdict + (facts.isEmpty() ? "" : " (" + String.join("; ", facts) + ")");
  }
}
