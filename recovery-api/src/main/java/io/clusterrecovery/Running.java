package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A run that goes on in a thread of its own: a {@link Runbook} that was {@linkplain Runbook#start()
 * started}. Thread-safe.
 *
 * <p>The thread keeps the process alive until the run has ended, since a recovery that ends half
 * way with its process is worth a resume.
 *
 * @param <R> what is known afterwards
 */
public final class Running<R> {
  private final ProgressCollector progress;
  private final CompletableFuture<R> result = new CompletableFuture<>();
  private final Thread thread;

  private Running(String name, ProgressCollector progress, Supplier<R> run) {
    this.progress = progress;
    this.thread = new Thread(() -> complete(run), "run of " + name);
  }

  static <R> Running<R> start(String name, ProgressCollector progress, Supplier<R> run) {
    Running<R> running = new Running<>(name, progress, run);
    running.thread.start();
    return running;
  }

  private void complete(Supplier<R> run) {
    try {
      result.complete(run.get());
    } catch (Throwable t) {
      result.completeExceptionally(t);
    }
  }

  /** {@return how far it has come} */
  public Progress progress() {
    return progress.progress(result.isDone());
  }

  /** {@return whether it has ended, however it ended} */
  public boolean ended() {
    return result.isDone();
  }

  /**
   * Waits until the run has ended; its own deadline bounds it.
   *
   * @return what is known afterwards
   * @throws RefusedException if the run could not begin
   * @throws InterruptedException if the waiting thread is interrupted; the run goes on
   */
  public R await() throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw thrown(e);
    }
  }

  /**
   * Waits until the run has ended, for so long at most.
   *
   * @param limit how long, zero or more
   * @return what is known afterwards, or nothing if it goes on
   * @throws RefusedException if the run could not begin
   * @throws InterruptedException if the waiting thread is interrupted; the run goes on
   */
  public Optional<R> await(Duration limit) throws InterruptedException {
    requireNonNull(limit, "limit");
    try {
      return Optional.of(result.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw thrown(e);
    }
  }

  /**
   * Asks the run to stop at the next safe point: between two changes, or in a wait. It ends with
   * {@link Code#INTERRUPTED} in its report, and can be resumed. Asking again changes nothing.
   */
  public void cancel() {
    thread.interrupt();
  }

  private static RuntimeException thrown(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
  }

  @Override
  public String toString() {
    return progress().toString();
  }
}
