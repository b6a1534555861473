package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

/**
 * Something that was observed and that a plan rests on. Facts go into the plan's fingerprint, so a
 * value that moves by itself (a time, a raft term) is a note of the plan instead.
 *
 * @param name what was looked at
 * @param value what was seen
 */
public record Fact(String name, String value) {
  /** Checks for null. */
  public Fact {
    requireNonNull(name, "name");
    requireNonNull(value, "value");
  }

  @Override
  public String toString() {
    return name + ": " + value;
  }
}
