package io.clusterrecovery.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A shell of this machine; it is read to its end, even when nobody waits for it any more. */
final class LocalProcess implements ShellProcess {
  private static final Logger LOG = System.getLogger(LocalProcess.class.getName());

  private final Process process;
  private final CountDownLatch ended = new CountDownLatch(1);

  LocalProcess(Process process, OutputStream out, OutputStream err) {
    this.process = process;
    Thread first = Blocking.daemon("command-output", () -> pump(process.getInputStream(), out));
    Blocking.daemon(
        "command-errors",
        () -> {
          pump(process.getErrorStream(), err);
          awaitEnd(first);
        });
  }

  @Override
  public boolean await(Duration limit) throws InterruptedException {
    return ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int status() {
    return process.exitValue();
  }

  /** Java tells of a signal as a shell does, by the exit status alone. */
  @Override
  public @Nullable String signal() {
    return Signals.ofStatus(process.exitValue()).orElse(null);
  }

  @Override
  public OutputStream stdin() {
    return process.getOutputStream();
  }

  /** Closing waits for a write, and that for a command that may never read. */
  @Override
  public void abandon() {
    Runnable closing = () -> Quietly.close(process.getOutputStream());
    if (process.isAlive()) {
      Blocking.daemon("command-abandoned", closing);
    } else {
      closing.run();
    }
  }

  private void awaitEnd(Thread first) {
    try {
      first.join();
      process.waitFor();
      ended.countDown();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private static void pump(InputStream from, OutputStream to) {
    try (from;
        to) {
      from.transferTo(to);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "nobody takes what a command prints", e);
    }
  }
}
