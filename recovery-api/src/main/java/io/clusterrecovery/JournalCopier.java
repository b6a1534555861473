package io.clusterrecovery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Keeps a copy of a journal on a host: each time the whole file, put into place by renaming, so
 * that what is there is always a journal.
 *
 * <p>Copies are made by a thread of its own. The run waits for one at most {@link #LIMIT}; from the
 * first that fails or is late on it waits for none until one has succeeded again, so that a host
 * that has died costs a recovery seconds and not its life.
 */
final class JournalCopier implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final String SCRIPT =
      """
      set -eu
      umask 077
      mkdir -p "$1"
      new=$1/.journal.$$
      cat > "$new"
      if [ "$(wc -c < "$new")" -ne "$2" ]; then
        rm -f "$new"
        exit 1
      fi
      sync "$new" 2>/dev/null || :
      mv -f "$new" "$1/journal"
      """;

  private final RemoteHost host;
  private final RunId run;
  private final Consumer<String> tell;
  private final ExecutorService thread;
  private final AtomicLong newest = new AtomicLong();
  private Future<?> latest = CompletableFuture.completedFuture(null);
  private byte[] last = {};
  private boolean behind;

  /** Creates it; {@code tell} hears, in the run's own thread, when the copy falls behind. */
  JournalCopier(RemoteHost host, RunId run, Consumer<String> tell) {
    this.host = host;
    this.run = run;
    this.tell = tell;
    this.thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread copying = new Thread(work, "journal copy to " + host.name());
              copying.setDaemon(true);
              return copying;
            });
  }

  /**
   * Has this content copied, and waits for it unless the copy is behind anyway.
   *
   * @param content the journal from its first byte on
   */
  void copy(byte[] content) {
    long number = newest.incrementAndGet();
    Future<?> earlier = latest;
    latest = thread.submit(() -> send(content, number));
    last = content;
    if (behind && earlier.isDone()) {
      await(earlier);
    }
    if (!behind) {
      await(latest);
    }
  }

  private void await(Future<?> copying) {
    try {
      copying.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      caughtUp();
    } catch (TimeoutException e) {
      fellBehind("it takes longer than " + Durations.words(LIMIT));
    } catch (ExecutionException e) {
      String found = e.getCause() instanceof RecoveryException r ? r.found() : null;
      fellBehind(found == null ? String.valueOf(e.getCause()) : found);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the run ends at its next safe point
    }
  }

  private void send(byte[] content, long number) {
    if (number < newest.get()) {
      return; // a later one holds all of this
    }
    try (Secret secret = Secret.of(content)) {
      CommandResult result =
          host.run(
              Command.of(
                      "/bin/sh",
                      "-c",
                      SCRIPT,
                      "cluster-recovery",
                      JournalCopy.folder(run),
                      String.valueOf(content.length))
                  .asRoot()
                  .stdin(secret)
                  .limit(LIMIT));
      if (!result.succeeded()) {
        throw new StepFailedException(
            Code.COMMAND_FAILED, result.summary(), List.of(), "nothing", "Look there.", null);
      }
    }
  }

  private void caughtUp() {
    if (behind) {
      tell.accept("the copy of the journal on %s is complete again".formatted(host.name()));
    }
    behind = false;
  }

  private void fellBehind(String why) {
    if (!behind) {
      String line = "the journal is not copied to %s, and the recovery goes on: %s";
      tell.accept(line.formatted(host.name(), why));
    }
    behind = true;
  }

  /** Gives a copy that is behind one more chance. */
  @Override
  public void close() {
    if (behind) {
      byte[] content = last;
      await(thread.submit(() -> send(content, newest.get())));
    }
    thread.shutdownNow();
  }
}
