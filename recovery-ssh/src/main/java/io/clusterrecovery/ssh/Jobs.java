package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.DetachedCommand;
import io.clusterrecovery.Secret;
import io.clusterrecovery.StepFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The detached commands of a host. */
final class Jobs {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}");
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private final String login;
  private final Clock clock;
  private final Scripts scripts;
  private final Failures failures;

  Jobs(Runner runner, Scripts scripts, Failures failures) {
    this.login = runner.login();
    this.clock = runner.clock();
    this.scripts = scripts;
    this.failures = failures;
  }

  DetachedCommand start(String name, Command command) {
    requireName(name);
    List<String> script = script(name, command);
    Secret secret = command.stdin();
    byte[] stdin = secret == null ? null : secret.reveal();
    String what = "starting the detached command " + name;
    try {
      requireStarted(name, scripts.ask(what, script, stdin, START_LIMIT));
      return job(name);
    } catch (StepFailedException e) {
      boolean away = e.code() == Code.CONNECTION_LOST || e.code() == Code.HOST_UNREACHABLE;
      throw away ? unknown(name, e) : e;
    }
  }

  Optional<DetachedCommand> find(String name) {
    requireName(name);
    RemoteJob job = job(name);
    return job.isThere() ? Optional.of(job) : Optional.empty();
  }

  private RemoteJob job(String name) {
    return new RemoteJob(name, clock, scripts, failures);
  }

  private List<String> script(String name, Command command) {
    boolean root = command.user() == Command.RunAs.ROOT || login.equals("root");
    Secret stdin = command.stdin();
    int bytes = stdin == null ? -1 : stdin.reveal().length;
    List<String> arguments = new ArrayList<>();
    arguments.add(name);
    arguments.add(root ? "" : login);
    arguments.add(Integer.toString(bytes));
    arguments.add(Script.RUNNER.text());
    arguments.addAll(CommandLine.whole(command));
    return Script.START.with(arguments);
  }

  private void requireStarted(String name, Reply reply) {
    String state = reply.get("state");
    if (!state.equals("started") && !state.equals("existing")) {
      throw failures.failed(
          Complaint.code(state),
          "the detached command " + name + " did not start: " + state + ".",
          "nothing",
          "Check that /var/lib can be written to and has room, then start it again.");
    }
  }

  private StepFailedException unknown(String name, Throwable cause) {
    return failures.failed(
        Code.CONNECTION_LOST,
        "the connection broke while the detached command " + name + " was being started.",
        "whether it was started",
        "Start it again under the same name: it is never started twice.",
        cause);
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name has 1 to 100 of the characters a-z A-Z 0-9 . _ - and does not begin with a dot: "
              + name);
    }
  }
}
