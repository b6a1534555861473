package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What one rule says about one certificate request.
 *
 * @param rule the rule's name, which is stable
 * @param result what it comes to
 * @param reason why, with the values seen
 */
public record RuleVerdict(String rule, Result result, String reason) {

  /** What a rule comes to. */
  public enum Result {
    /** The rule holds. */
    HOLDS,
    /** It can't be said yet. */
    WAITS,
    /** The rule is broken, or can't be applied; the request is left alone. */
    BROKEN
  }

  /** Checks for null. */
  public RuleVerdict {
    requireNonNull(rule, "rule");
    requireNonNull(result, "result");
    requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return rule + " " + result.name().toLowerCase(Locale.ROOT) + ": " + reason;
  }
}
