package io.clusterrecovery;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why nothing was seen of a host. */
final class FleetFailures {
  private static final String LOOK_THERE = "See what that host does, then do it again.";

  private FleetFailures() {}

  static RecoveryException of(String what, RemoteHost host, @Nullable Throwable cause) {
    if (cause instanceof RecoveryException known) {
      return known;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    String found = "%s: %s failed: %s.".formatted(host.name(), what, cause);
    String next = "Look at the cause; please report it, since it should have a code.";
    return new RefusedException(new Refusal(Code.UNEXPECTED, found, next), cause);
  }

  static RecoveryException late(String what, RemoteHost host, Duration limit) {
    String waitingFor = what + " on " + host.name();
    return new TimedOutException(
        waitingFor, limit, host.name() + ": it has not ended.", List.of(), LOOK_THERE, null);
  }

  static RecoveryException notBegun(String what, RemoteHost host) {
    String found =
        "%s: %s was not begun: the time for all hosts was over.".formatted(host.name(), what);
    String next = "Allow more time, or more hosts at a time; see which hosts took it.";
    return new RefusedException(new Refusal(Code.WAIT_TIMED_OUT, found, next), null);
  }
}
