package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The failures of one host, in words. */
record Failures(String host) {

  RefusedException refused(Code code, String found, String next) {
    return refused(code, found, next, null);
  }

  RefusedException refused(Code code, String found, String next, @Nullable Throwable cause) {
    return new RefusedException(new Refusal(code, host + ": " + found, next), cause);
  }

  StepFailedException failed(Code code, String found, String unknown, String next) {
    return failed(code, found, unknown, next, null);
  }

  StepFailedException failed(
      Code code, String found, String unknown, String next, @Nullable Throwable cause) {
    return new StepFailedException(code, host + ": " + found, List.of(), unknown, next, cause);
  }

  StepFailedException lost(String what) {
    return failed(
        Code.CONNECTION_LOST,
        "the connection broke during: " + what + ".",
        "whether it ended, and how",
        "Look on the host for its effect before doing it again.");
  }

  StepFailedException interrupted(String what, String unknown, InterruptedException cause) {
    Thread.currentThread().interrupt();
    return failed(
        Code.INTERRUPTED,
        "the thread was interrupted during: " + what + ".",
        unknown,
        "Do it again when you are ready.",
        cause);
  }

  TimedOutException timedOut(String waitingFor, Duration limit, String lastSeen, String next) {
    return new TimedOutException(
        waitingFor + " on " + host, limit, lastSeen, List.of(), next, null);
  }
}
