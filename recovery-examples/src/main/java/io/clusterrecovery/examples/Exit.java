package io.clusterrecovery.examples;

import io.clusterrecovery.Outcome;

/** The exit statuses of every command of this project. */
enum Exit {
  /** All held. */
  HELD(0),
  /** A check failed. */
  CHECK_FAILED(1),
  /** The command line is wrong. */
  USAGE(2),
  /** A part is missing and cannot be had. */
  PART_MISSING(3),
  /** Refused; nothing was changed. */
  REFUSED(4),
  /** A step failed or timed out. */
  FAILED(5);

  private final int status;

  Exit(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  static Exit of(Outcome outcome) {
    return switch (outcome) {
      case DONE, UNCHANGED -> HELD;
      case REFUSED -> REFUSED;
      case FAILED, TIMED_OUT, NOT_REACHED -> FAILED;
    };
  }
}
