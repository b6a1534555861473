package io.clusterrecovery;

/** How a step, a change or a wait ended. */
public enum Outcome {
  /** It did what it should. */
  DONE,
  /** All was as wanted, and nothing was changed. */
  UNCHANGED,
  /** It did not start. */
  REFUSED,
  /** It failed. */
  FAILED,
  /** It reached its limit. */
  TIMED_OUT,
  /** It was not reached, since an earlier step did not succeed. */
  NOT_REACHED;

  static Outcome of(RecoveryException failure) {
    if (failure instanceof RefusedException) {
      return REFUSED;
    }
    return failure instanceof TimedOutException ? TIMED_OUT : FAILED;
  }
}
