package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

/**
 * A typed reference to what a step of a runbook will have found.
 *
 * @param name the step's name
 * @param <R> the step's result
 */
@SuppressWarnings("UnusedTypeParameter") // it types Results.get
public record StepRef<R>(String name) {
  /** Checks for null. */
  public StepRef {
    requireNonNull(name, "name");
  }
}
