package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Starts commands, and knows whether login shell and sudo let them begin. */
final class Starter {
  private static final Duration SUDO_LIMIT = Duration.ofSeconds(30);
  private static final Duration END_LIMIT = Duration.ofSeconds(5);

  private final Shell shell;
  private final @Nullable Secret password;
  private final Clock clock;
  private final Failures failures;
  private final CommandLine lines;

  Starter(Shell shell, @Nullable Secret sudoPassword, Clock clock, Failures failures) {
    this.shell = shell;
    this.password = sudoPassword;
    this.clock = clock;
    this.failures = failures;
    this.lines = new CommandLine(shell.login(), sudoPassword != null);
  }

  String login() {
    return shell.login();
  }

  void expectMuch() {
    shell.expectMuch();
  }

  /** Starts a command; if it reads its standard input, the caller has to close that. */
  Exec start(Task task, OutputStream out, Tail err) {
    byte[] text = Bootstrap.text(lines.text(task.command(), task.reads()));
    Exec exec = new Exec(shell, task, Bootstrap.line(text.length), out, err);
    boolean ready = false;
    try {
      prepare(exec, text);
      ready = true;
      return exec;
    } catch (InterruptedException e) {
      throw failures.interrupted(task.what(), "whether it was started", e);
    } finally {
      if (!ready) {
        exec.abandon();
      }
    }
  }

  private void prepare(Exec exec, byte[] text) throws InterruptedException {
    Task task = exec.task();
    try {
      exec.stdin().write(text);
      exec.stdin().flush();
      if (password != null && bySudo(task.command())) {
        answer(password, exec);
      }
      if (!task.reads()) {
        exec.stdin().close();
      }
    } catch (IOException e) {
      // What takes nothing any more has ended, or the way to it has.
      if (exec.await(END_LIMIT)) {
        requireEnd(exec);
      }
      throw failures.lost(task.what());
    }
  }

  /** Throws unless a command that has ended had begun, and how it ended is known. */
  void requireEnd(Exec exec) {
    if (exec.status() < 0) {
      throw failures.lost(exec.task().what());
    }
    if (!exec.begun()) {
      throw notBegun(exec);
    }
  }

  private boolean bySudo(Command command) {
    return command.user() == Command.RunAs.ROOT && !login().equals("root");
  }

  /** The password goes out when it is asked for, once, and nothing else before sudo is done. */
  private void answer(Secret secret, Exec exec) throws IOException, InterruptedException {
    Duration end = clock.elapsed().plus(SUDO_LIMIT);
    int answered = 0;
    while (!exec.begun()) {
      Duration left = end.minus(clock.elapsed());
      if (left.isNegative()) {
        throw stuck(exec);
      }
      if (exec.ending() && exec.await(left)) {
        requireEnd(exec);
      } else if (exec.questions() > answered) {
        answered++;
        answerOnce(secret, exec, answered);
      } else {
        exec.awaitNews(left);
      }
    }
  }

  private static void answerOnce(Secret secret, Exec exec, int time) throws IOException {
    OutputStream to = exec.stdin();
    if (time > 1) {
      // Asked again, it was wrong; what comes next on this stream must not be tried as well.
      to.close();
      return;
    }
    byte[] password = secret.reveal();
    byte[] line = Arrays.copyOf(password, password.length + 1);
    line[password.length] = '\n';
    to.write(line);
    to.flush();
    Arrays.fill(password, (byte) 0);
    Arrays.fill(line, (byte) 0);
  }

  private RefusedException stuck(Exec exec) {
    return failures.refused(
        Code.HOST_ACCESS_DENIED,
        "sudo did not decide within %d s; it said: %s."
            .formatted(SUDO_LIMIT.toSeconds(), exec.said()),
        "Find out what it waits for; only a password can be given to it.");
  }

  private RefusedException notBegun(Exec exec) {
    String end = new CommandResult(exec.status(), "", exec.said(), Duration.ZERO).summary();
    if (exec.status() == Bootstrap.GARBLED) {
      return failures.refused(
          Code.HOST_ACCESS_DENIED,
          "the login shell of user %s does not hand on its standard input: %s."
              .formatted(login(), end),
          "Look into its start-up files for what reads standard input.");
    }
    if (bySudo(exec.task().command())) {
      return failures.refused(
          Code.HOST_ACCESS_DENIED,
          "user %s did not become root by sudo: %s.".formatted(login(), end),
          "Allow it in sudoers, without a password or with the one given here, or name a user who"
              + " may.");
    }
    return failures.refused(
        Code.HOST_ACCESS_DENIED,
        "the login shell of user %s runs no commands: %s.".formatted(login(), end),
        "Give that user a shell that can start sh, or name another user.");
  }
}
