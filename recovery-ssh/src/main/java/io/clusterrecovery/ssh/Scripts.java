package io.clusterrecovery.ssh;

import io.clusterrecovery.CommandResult;
import io.clusterrecovery.StepFailedException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs our scripts on a host, as root, and reads what they reply. */
final class Scripts {
  private final Runner runner;
  private final Reconnecting reconnecting;
  private final Failures failures;

  Scripts(Runner runner, Reconnecting reconnecting, Failures failures) {
    this.runner = runner;
    this.reconnecting = reconnecting;
    this.failures = failures;
  }

  /** Runs a script that is safe to run again, and does so when the connection breaks. */
  Reply ask(String what, Script script, Duration limit, String... arguments) {
    return ask(what, script.with(arguments), null, limit);
  }

  /** Likewise, with what the script reads from standard input. */
  Reply ask(String what, List<String> arguments, byte @Nullable [] stdin, Duration limit) {
    return reconnecting.repeating(what, () -> once(what, arguments, stdin, limit));
  }

  Reply once(String what, List<String> arguments, byte @Nullable [] stdin, Duration limit) {
    Finished finished = runner.runAsRoot(what, arguments, stdin, limit);
    String said = finished.err().text();
    if (finished.status() != 0) {
      throw unusable(what, finished.summary(), said);
    }
    return Reply.parse(finished.out().array())
        .orElseThrow(() -> unusable(what, finished.summary(), said));
  }

  /** A script that was run outside of here, and gave no reply. */
  StepFailedException unusable(String what, Exec exec) {
    String err = exec.err().text();
    return unusable(what, new CommandResult(exec.status(), "", err, Duration.ZERO).summary(), err);
  }

  private StepFailedException unusable(String what, String summary, String said) {
    return failures.failed(
        Complaint.code(said),
        what + " failed with " + summary + ".",
        "nothing",
        "See to what it says, then do it again.");
  }
}
