package io.clusterrecovery.examples;

import java.util.Locale;

/**
 * What a figure has to reach.
 *
 * @param kind what is compared with the bound
 * @param bound the least or the most, by kind
 */
record Goal(Kind kind, double bound) {

  /** What is compared with a goal's bound. */
  enum Kind {
    /** Theirs in time through ours: at least so many times as fast. */
    SPEED,
    /** Ours through theirs: at most so many times as much. */
    SHARE,
    /** Ours alone, in the figure's unit: at most so much. */
    MOST
  }

  /** At least so many times as fast as theirs. */
  static Goal speed(double atLeast) {
    return new Goal(Kind.SPEED, atLeast);
  }

  /** At most so many times as much as theirs takes. */
  static Goal share(double atMost) {
    return new Goal(Kind.SHARE, atMost);
  }

  /** At most so much, whatever theirs takes. */
  static Goal most(double atMost) {
    return new Goal(Kind.MOST, atMost);
  }

  /** The ratio of one round, as this goal counts it. */
  double ratio(double ours, double theirs) {
    return kind == Kind.SPEED ? theirs / ours : ours / theirs;
  }

  boolean isReached(double ours, double ratio) {
    return switch (kind) {
      case SPEED -> ratio >= bound;
      case SHARE -> ratio <= bound;
      case MOST -> ours <= bound;
    };
  }

  @Override
  public String toString() {
    return switch (kind) {
      case SPEED -> String.format(Locale.ROOT, "≥ %.2fx", bound);
      case SHARE -> String.format(Locale.ROOT, "≤ %.2fx", bound);
      case MOST -> String.format(Locale.ROOT, "≤ %s", bound);
    };
  }
}
