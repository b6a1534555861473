package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.StepFailedException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** A detached command, reached anew by each call. */
final class RemoteJob implements DetachedCommand {
  private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
  private static final int RESULT_BYTES = 1 << 20;

  private final String name;
  private final Clock clock;
  private final Scripts scripts;
  private final Failures failures;

  RemoteJob(String name, Clock clock, Scripts scripts, Failures failures) {
    this.name = name;
    this.clock = clock;
    this.scripts = scripts;
    this.failures = failures;
  }

  @Override
  public String name() {
    return name;
  }

  boolean isThere() {
    return look(0, 0, 0).state() != JobStatus.State.ABSENT;
  }

  @Override
  public Optional<CommandResult> result() {
    JobStatus status = present(look(-1, RESULT_BYTES, 0));
    return status.state() == JobStatus.State.RUNNING
        ? Optional.empty()
        : Optional.of(status.toResult());
  }

  @Override
  public CommandResult follow(long fromByte, Duration limit, Consumer<OutputLine> lines) {
    LineSplitter splitter = new LineSplitter(fromByte, lines);
    new JobFollower(this, clock, failures).follow(splitter, limit);
    return result().orElseThrow(this::gone);
  }

  @Override
  public void stop() {
    String what = "stopping the detached command " + name;
    Reply reply = scripts.ask(what, Script.STOP, STOP_LIMIT, name);
    if (!reply.get("left").equals("0")) {
      throw failures.failed(
          Code.COMMAND_FAILED,
          "processes of the detached command %s do not end:%s.".formatted(name, reply.get("pids")),
          "what they still do",
          "Look at them on the host; a process in the kernel's hands ends only when that lets go.");
    }
  }

  @Override
  public void remove() {
    String what = "removing the detached command " + name;
    Reply reply = scripts.ask(what, Script.REMOVE, CALL_LIMIT, name);
    if (reply.get("state").equals("running")) {
      throw failures.refused(
          Code.STILL_RUNNING,
          "the detached command " + name + " still runs.",
          "Wait for its end, or stop it, then remove it.");
    }
  }

  /**
   * Looks at it.
   *
   * @param from the first byte of output wanted, or -1 for its end
   * @param looks how often to look again, each a tenth of a second later, while there is no news
   */
  JobStatus look(long from, int max, int looks) {
    return JobStatus.of(
        scripts.ask(
            looking(),
            Script.STATUS.with(name, "" + from, "" + max, "" + looks),
            null,
            CALL_LIMIT));
  }

  /** Looks at it, once: for a follower, who has a limit of its own for a host that is away. */
  JobStatus lookOnce(long from, int max, int looks) {
    return JobStatus.of(
        scripts.once(
            looking(),
            Script.STATUS.with(name, "" + from, "" + max, "" + looks),
            null,
            CALL_LIMIT));
  }

  private String looking() {
    return "looking at the detached command " + name;
  }

  JobStatus present(JobStatus status) {
    if (status.state() == JobStatus.State.ABSENT) {
      throw gone();
    }
    return status;
  }

  private StepFailedException gone() {
    return failures.failed(
        Code.COMMAND_FAILED,
        "there is no detached command " + name + " any more.",
        "how it ended",
        "Look on the host for its effect; somebody has removed its files.");
  }

  @Override
  public String toString() {
    return "detached command " + name + " on " + failures.host();
  }
}
