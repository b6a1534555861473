package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Command;
import io.clusterrecovery.PrintedLine;
import io.clusterrecovery.PrintedLine.Stream;
import io.clusterrecovery.Secret;
import io.clusterrecovery.TimedOutException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs commands and waits for their end. */
final class Runner {
  /** Bounds nothing: who starts a command without waiting for it has limits of their own. */
  private static final Duration UNUSED = Duration.ofDays(1);

  private final Starter starter;
  private final Clock clock;
  private final Failures failures;

  Runner(Starter starter, Clock clock, Failures failures) {
    this.starter = starter;
    this.clock = clock;
    this.failures = failures;
  }

  /** How the end of a command is awaited. */
  private interface Awaiting {
    boolean ended(Exec exec, Duration limit) throws InterruptedException;
  }

  /** {@return the user that commands run as} */
  String login() {
    return starter.login();
  }

  Clock clock() {
    return clock;
  }

  /** Readies this process for much that is about to go to the host. */
  void expectMuch() {
    starter.expectMuch();
  }

  Finished run(Command command) {
    return run(Task.of(command), new Tail(), new Tail(), Exec::await);
  }

  /** Runs a command, and tells each line in this thread, soon after it was printed. */
  Finished run(Command command, Consumer<PrintedLine> lines) {
    LineQueue queue = new LineQueue();
    Tail out = new LinesTail(queue, Stream.OUT);
    Tail err = new LinesTail(queue, Stream.ERR);
    return run(
        Task.of(command),
        out,
        err,
        (exec, limit) -> queue.tellUntilEnd(limit, clock, lines) && exec.await(limit));
  }

  /** Runs as root whatever the login is. */
  Finished runAsRoot(String what, List<String> arguments, byte @Nullable [] stdin, Duration limit) {
    Task task = Task.asRoot(what, arguments, stdin, limit);
    return run(task, new Tail(), new Tail(), Exec::await);
  }

  /** Starts a command as root that reads nothing. */
  Exec startAsRoot(String what, List<String> arguments, OutputStream out) {
    return starter.start(Task.asRoot(what, arguments, null, UNUSED), out, new Tail());
  }

  /** Starts a command as root whose standard input is written to {@link Exec#stdin()}. */
  Exec feedAsRoot(String what, List<String> arguments, OutputStream out) {
    return starter.start(Task.asRoot(what, arguments, new byte[0], UNUSED), out, new Tail());
  }

  /** Throws unless a command that has ended had begun, and how it ended is known. */
  void requireEnd(Exec exec) {
    starter.requireEnd(exec);
  }

  private Finished run(Task task, Tail out, Tail err, Awaiting awaiting) {
    Duration start = clock.elapsed();
    Exec exec = starter.start(task, out, err);
    try {
      Secret stdin = task.command().stdin();
      if (stdin != null) {
        exec.feed(stdin.reveal());
      }
      Duration limit = task.command().limit();
      if (!awaiting.ended(exec, limit)) {
        throw timedOut(task.what(), limit);
      }
    } catch (InterruptedException e) {
      throw failures.interrupted(task.what(), "whether it ended, and how", e);
    } finally {
      exec.abandon();
    }
    requireEnd(exec);
    Duration took = clock.elapsed().minus(start);
    long dropped = out.dropped() + err.dropped();
    return new Finished(exec.status(), exec.signal(), out.bytes(), err.bytes(), dropped, took);
  }

  private TimedOutException timedOut(String what, Duration limit) {
    return failures.timedOut(
        what, limit, "it still runs", "Find out what it waits for; it may go on by itself.");
  }
}
