package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

/** What a check of a restored cluster comes to. */
public sealed interface CheckVerdict {

  /** {@return what was found, as a phrase} */
  String found();

  /** All is as it should be, or the cluster has no such thing. */
  record Well(String found) implements CheckVerdict {
    /** Checks for null. */
    public Well {
      requireNonNull(found, "found");
    }

    @Override
    public String toString() {
      return "well: " + found;
    }
  }

  /** It is not, and the plan holds changes that mend it safely. */
  record Curable(String found) implements CheckVerdict {
    /** Checks for null. */
    public Curable {
      requireNonNull(found, "found");
    }

    @Override
    public String toString() {
      return "curable: " + found;
    }
  }

  /**
   * It is not, and somebody has to look at it.
   *
   * @param next what to do about it
   */
  record Troubled(String found, String next) implements CheckVerdict {
    /** Checks for null. */
    public Troubled {
      requireNonNull(found, "found");
      requireNonNull(next, "next");
    }

    @Override
    public String toString() {
      return "troubled: " + found + "; " + next;
    }
  }

  /**
   * It was not looked at.
   *
   * @param next what it takes to look at it
   */
  record Unknown(String found, String next) implements CheckVerdict {
    /** Checks for null. */
    public Unknown {
      requireNonNull(found, "found");
      requireNonNull(next, "next");
    }

    @Override
    public String toString() {
      return "unknown: " + found + "; " + next;
    }
  }
}
