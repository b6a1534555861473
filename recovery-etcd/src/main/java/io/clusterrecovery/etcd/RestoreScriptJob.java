package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code etcd-snapshot-restore.sh} as it runs on a host by itself, found again by the run's id.
 *
 * @param limit how long it is waited for
 */
record RestoreScriptJob(RemoteHost host, String name, Duration limit) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  static RestoreScriptJob of(RemoteHost host, RunId run, Duration limit) {
    return new RestoreScriptJob(host, RestoreCommand.jobName(run), limit);
  }

  /**
   * What is known of it now.
   *
   * @param state what it is doing
   * @param output what it has told; nothing while it runs
   */
  record Seen(OpenShift41Move.Script state, RestoreScriptOutput output) {
    RestoreScriptOutput.Stage stage() {
      return output.stage();
    }
  }

  /**
   * How it ended.
   *
   * @param result its exit status
   * @param output what it has told
   */
  record End(CommandResult result, RestoreScriptOutput output) {}

  Seen look() {
    Optional<DetachedCommand> there = host.find(name);
    if (there.isEmpty()) {
      return new Seen(OpenShift41Move.Script.NOT_STARTED, new RestoreScriptOutput());
    }
    return there
        .get()
        .result()
        .map(result -> new Seen(OpenShift41Move.Script.ENDED, RestoreScriptOutput.of(result.out())))
        .orElseGet(() -> new Seen(OpenShift41Move.Script.RUNS, new RestoreScriptOutput()));
  }

  /** Starts it; one that has ended without having restored anything is forgotten. */
  void start(Command command) {
    host.find(name).filter(job -> job.result().isPresent()).ifPresent(DetachedCommand::remove);
    host.start(name, command);
  }

  /**
   * Follows it to its end, and tells each line.
   *
   * @param stuck is called once, when it has waited for etcd's pod for a minute
   */
  End follow(Runnable stuck, RunContext run) {
    RestoreScriptOutput output = new RestoreScriptOutput();
    Consumer<DetachedCommand.OutputLine> patient = new Patient(output, stuck, run);
    DetachedCommand job = host.find(name).orElseThrow(() -> gone(run));
    return new End(job.follow(0, run.within(limit), patient), output);
  }

  private RecoveryException gone(RunContext run) {
    return run.failure(
        Code.COMMAND_FAILED,
        "What the restore script on %s has told is gone.".formatted(host.name()),
        "Look at the host's manifests, kubelet and data; somebody has removed " + name + ".",
        null);
  }

  /** Removes what is kept of it on the host. */
  void forget() {
    host.find(name).ifPresent(DetachedCommand::remove);
  }

  private static final class Patient implements Consumer<DetachedCommand.OutputLine> {
    private final RestoreScriptOutput output;
    private final Runnable stuck;
    private final RunContext run;
    private Optional<Duration> since = Optional.empty();
    private boolean helped;

    Patient(RestoreScriptOutput output, Runnable stuck, RunContext run) {
      this.output = output;
      this.stuck = stuck;
      this.run = run;
    }

    @Override
    public void accept(DetachedCommand.OutputLine line) {
      run.line(line.text());
      int before = output.waits();
      output.accept(line.text());
      if (output.waits() == before || helped) {
        return;
      }
      Duration now = run.clock().elapsed();
      if (since.isEmpty()) {
        since = Optional.of(now);
      } else if (now.minus(since.get()).compareTo(PATIENCE) >= 0) {
        helped = true;
        stuck.run();
      }
    }
  }
}
