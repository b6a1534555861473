package io.clusterrecovery;

import java.time.Duration;

/**
 * The pauses between the attempts of a call, within the run's deadline.
 *
 * @param call what is called
 */
record RetryPause(RunSettings settings, String step, ChangeLog changes, String call) {

  /**
   * Tells of the failed attempt, and waits.
   *
   * @throws RuntimeException what was given, if there is no time left
   * @throws RecoveryException at an interrupt, with that failure as its cause
   */
  void before(int attempt, Duration time, RuntimeException why) {
    Duration within = settings.deadline().within(time);
    if (within.isZero()) {
      throw why;
    }
    settings.tell(
        new Event.Retried(settings.clock().now(), step, call, attempt, String.valueOf(why)));
    try {
      settings.clock().pause(within);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      why.addSuppressed(e);
      String found = "The run was interrupted between two attempts of: " + call + ".";
      throw changes.failure(Code.INTERRUPTED, found, "Resume it when you are ready.", why);
    }
  }
}
