package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Secret;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs commands and waits for their end. */
final class Runner {
  private static final Pattern SUDO_SAYS = Pattern.compile("(?m)(^|: )sudo: ");
  private static final Duration SUDO_LIMIT = Duration.ofSeconds(30);

  private final Shell shell;
  private final Clock clock;
  private final Failures failures;
  private final CommandLine lines;

  Runner(Shell shell, Clock clock, Failures failures) {
    this.shell = shell;
    this.clock = clock;
    this.failures = failures;
    this.lines = new CommandLine(shell.login());
  }

  /** {@return the user that commands run as} */
  String login() {
    return shell.login();
  }

  Clock clock() {
    return clock;
  }

  Finished run(Command command) {
    Secret stdin = command.stdin();
    byte[] bytes = stdin == null ? null : stdin.reveal();
    Finished finished = run(command.toString(), lines.arguments(command), bytes, command.limit());
    if (command.user() == Command.RunAs.ROOT) {
      requireSudo(finished);
    }
    return finished;
  }

  /** Runs as root whatever the login is. */
  Finished runAsRoot(String what, List<String> arguments, byte @Nullable [] stdin, Duration limit) {
    Finished finished = run(what, lines.asRoot(arguments), stdin, limit);
    requireSudo(finished);
    return finished;
  }

  /** Starts a command as root that reads nothing. */
  Exec startAsRoot(List<String> arguments, OutputStream out) {
    return shell.start(CommandLine.checked(lines.asRoot(arguments)), null, out);
  }

  /** Starts a command as root whose standard input is written to {@link Exec#stdin()}. */
  Exec feedAsRoot(List<String> arguments, OutputStream out) {
    return shell.startFed(CommandLine.checked(lines.asRoot(arguments)), out);
  }

  private Finished run(
      String what, List<String> arguments, byte @Nullable [] stdin, Duration limit) {
    Duration start = clock.elapsed();
    Tail out = new Tail();
    Exec exec = shell.start(CommandLine.checked(arguments), stdin, out);
    try {
      if (!exec.await(limit)) {
        throw failures.timedOut(
            what, limit, "it still runs", "Find out what it waits for; it may go on by itself.");
      }
    } catch (InterruptedException e) {
      throw failures.interrupted(what, "whether it ended, and how", e);
    } finally {
      exec.abandon();
    }
    if (exec.status() < 0) {
      throw failures.lost(what);
    }
    Duration took = clock.elapsed().minus(start);
    return new Finished(exec.status(), out.bytes(), exec.err(), took);
  }

  /** Tells a failure of the command from one of sudo, which has not started it. */
  void requireSudo(Finished finished) {
    if (finished.status() == 0 || !SUDO_SAYS.matcher(finished.errText()).find()) {
      return;
    }
    Finished probe = run("sudo", lines.asRoot(List.of("true")), null, SUDO_LIMIT);
    if (probe.status() != 0) {
      throw failures.refused(
          Code.HOST_ACCESS_DENIED,
          "user %s may not become root without a password: %s.".formatted(login(), probe.summary()),
          "Allow it in sudoers (NOPASSWD: ALL), or name a user who may.");
    }
  }
}
