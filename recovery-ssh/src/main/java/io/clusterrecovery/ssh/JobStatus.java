package io.clusterrecovery.ssh;

import io.clusterrecovery.CommandResult;
import java.time.Duration;

/**
 * How a detached command was seen.
 *
 * @param size how many bytes it has printed
 * @param output a part of what it printed
 */
record JobStatus(State state, int code, Duration took, long size, Bytes output) {
  /** What a shell tells of a process that was killed. */
  private static final int KILLED = 137;

  enum State {
    ABSENT,
    RUNNING,
    ENDED,
    /** Its process is gone, and has not written an exit status. */
    LOST
  }

  static JobStatus of(Reply reply) {
    return switch (reply.get("state")) {
      case "running" -> of(State.RUNNING, reply);
      case "ended" -> of(State.ENDED, reply);
      case "lost" -> of(State.LOST, reply);
      default -> new JobStatus(State.ABSENT, 0, Duration.ZERO, 0, reply.payload());
    };
  }

  CommandResult toResult() {
    String out = output.text();
    if (state == State.LOST) {
      String why =
          "its process is gone without an exit status: it was killed, or the host went down";
      return new CommandResult(KILLED, null, out, why, size - output.size(), took);
    }
    String signal = Signals.ofStatus(code).orElse(null);
    return new CommandResult(code, signal, out, "", size - output.size(), took);
  }

  private static JobStatus of(State state, Reply reply) {
    int code = state == State.ENDED ? (int) reply.number("code") : 0;
    return new JobStatus(state, code, took(reply), reply.number("size"), reply.payload());
  }

  /** The host's uptime is unknown to a job that began before a reboot. */
  private static Duration took(Reply reply) {
    if (reply.get("began").isEmpty()) {
      return Duration.ZERO;
    }
    double seconds =
        Double.parseDouble(reply.get("ended")) - Double.parseDouble(reply.get("began"));
    return Duration.ofMillis(Math.max(0, Math.round(seconds * 1_000)));
  }
}
