package io.clusterrecovery.testkit;

import java.util.Objects;

/**
 * A finished command: its exit status, and its standard output and error as one text.
 *
 * @param exit exit status; 128 + signal if a signal ended it
 * @param out everything it wrote, decoded as UTF-8
 */
public record Ran(int exit, String out) {
  /** Checks that there is an output. */
  public Ran {
    Objects.requireNonNull(out, "out");
  }

  /** {@return whether the exit status is 0} */
  public boolean ok() {
    return exit == 0;
  }

  /**
   * Returns the output, or refuses when the exit status is not 0.
   *
   * @return the output without white space at its ends
   * @throws LabException if the exit status is not 0, with the output in its message
   */
  public String orThrow() {
    if (!ok()) {
      throw new LabException("exit status " + exit + ": " + out.strip());
    }
    return out.strip();
  }
}
