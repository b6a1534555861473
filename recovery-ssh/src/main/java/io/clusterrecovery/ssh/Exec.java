package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One command as it runs on a host. */
final class Exec {
  private static final Logger LOG = System.getLogger(Exec.class.getName());

  private final Semaphore news = new Semaphore(0);
  private final Opening out;
  private final Opening err;
  private final Task task;
  private final Tail errTail;
  private final ShellProcess process;

  /**
   * Starts a shell; what it becomes is said by its standard input.
   *
   * @param out takes what the command prints; must not block for long
   */
  Exec(Shell shell, Task task, String line, OutputStream out, Tail err) {
    this.task = task;
    this.errTail = err;
    this.out = new Opening(out, news::release);
    this.err = new Opening(err, news::release);
    this.process = shell.start(line, this.out, this.err);
  }

  Task task() {
    return task;
  }

  /** {@return whether it ended within the limit, or the way to it did} */
  boolean await(Duration limit) throws InterruptedException {
    return process.await(limit);
  }

  /** {@return whether it prints nothing more, so that its end is near} */
  boolean ending() {
    return err.closed();
  }

  /** Waits a while for a change of what the methods after this one tell, or of the one before. */
  void awaitNews(Duration most) throws InterruptedException {
    if (news.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
      news.drainPermits();
    }
  }

  /** {@return its exit status, 128 + n after signal n, or -1 if the way to it broke before} */
  int status() {
    return process.status();
  }

  @Nullable String signal() {
    return process.signal();
  }

  /** {@return what the command printed to standard error, at least the end of it} */
  Bytes err() {
    return errTail.bytes();
  }

  /** {@return whether the command itself was begun, as whom it was to be} */
  boolean begun() {
    return out.begun();
  }

  /** {@return what was printed before the command, on standard error or else on the other} */
  String said() {
    String printed = err.before().replace(CommandLine.PROMPT, "");
    byte[] bytes = (printed.isBlank() ? out.before() : printed).getBytes(ISO_8859_1);
    return new String(bytes, UTF_8).strip();
  }

  /** {@return how often sudo has asked for a password} */
  int questions() {
    return err.before().split(CommandLine.PROMPT, -1).length - 1;
  }

  OutputStream stdin() {
    return process.stdin();
  }

  /** Writes its standard input and ends it, in a thread of its own. */
  void feed(byte[] bytes) {
    Blocking.daemon(
        "command-input",
        () -> {
          try (OutputStream to = stdin()) {
            to.write(bytes);
          } catch (IOException e) {
            LOG.log(Level.DEBUG, "a command does not read its standard input to the end", e);
          }
        });
  }

  /** Lets go of it; it may go on by itself. */
  void abandon() {
    process.abandon();
  }
}
