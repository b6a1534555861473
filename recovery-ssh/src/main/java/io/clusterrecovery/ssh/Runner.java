package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Secret;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs commands and waits for their end. */
final class Runner {
  private static final Pattern SUDO_SAYS = Pattern.compile("(?m)(^|: )sudo: ");
  private static final Duration SUDO_LIMIT = Duration.ofSeconds(30);

  private final SshSettings settings;
  private final Connection connection;
  private final Failures failures;
  private final CommandLine lines;

  Runner(SshSettings settings, Connection connection, Failures failures) {
    this.settings = settings;
    this.connection = connection;
    this.failures = failures;
    this.lines = new CommandLine(settings.user());
  }

  Connection connection() {
    return connection;
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

  /** {@return the line that runs a command as root} */
  String lineAsRoot(List<String> arguments) {
    return Quoting.line(lines.asRoot(arguments));
  }

  private Finished run(
      String what, List<String> arguments, byte @Nullable [] stdin, Duration limit) {
    Duration start = settings.clock().elapsed();
    Tail out = new Tail();
    Exec exec = Exec.start(connection, CommandLine.checked(arguments), stdin, out);
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
    Duration took = settings.clock().elapsed().minus(start);
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
          "user %s may not become root without a password: %s."
              .formatted(settings.user(), probe.summary()),
          "Allow it in sudoers (NOPASSWD: ALL), or name a user who may.");
    }
  }
}
