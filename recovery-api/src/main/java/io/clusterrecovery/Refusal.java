package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

/**
 * A reason why an operation will not start.
 *
 * @param code the stable name of the reason
 * @param found what was found, in one sentence with the values seen
 * @param next what the reader should do about it
 */
public record Refusal(Code code, String found, String next) {
  /** Checks for null. */
  public Refusal {
    requireNonNull(code, "code");
    requireNonNull(found, "found");
    requireNonNull(next, "next");
  }

  @Override
  public String toString() {
    return code + ": " + found + " Next: " + next;
  }
}
