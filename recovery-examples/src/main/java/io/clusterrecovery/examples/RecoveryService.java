package io.clusterrecovery.examples;

import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.Running;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A recovery inside of a service: begun by one call, which returns at once, asked how far it is,
 * cancelled at the next safe point, and resumed. One at a time. Thread-safe.
 *
 * <p>The runbook is the service's own, such as of a {@code LostMastersRecovery}; with a journal, so
 * that what was cancelled or has crashed is gone on with, also by another process.
 */
public final class RecoveryService {
  private final Runbook runbook;
  private @Nullable Running<Report> running;

  /** Creates a service that carries out this runbook. */
  public RecoveryService(Runbook runbook) {
    this.runbook = runbook;
  }

  /**
   * Begins the recovery.
   *
   * @throws IllegalStateException if one is under way
   */
  public synchronized void begin() {
    requireIdle();
    running = runbook.start();
  }

  /**
   * Goes on with a recovery that was cancelled or has crashed.
   *
   * @throws IllegalStateException if one is under way
   */
  public synchronized void resume() {
    requireIdle();
    running = runbook.startResuming();
  }

  /** {@return how far it is, in words} */
  public synchronized String status() {
    return running == null ? "no recovery was begun" : running.progress().toString();
  }

  /** Asks the recovery to stop at the next safe point; does nothing if none is under way. */
  public synchronized void cancel() {
    if (running != null) {
      running.cancel();
    }
  }

  /** {@return how it ended, unless it has not within that time, or none was begun} */
  public Optional<Report> report(Duration limit) throws InterruptedException {
    Running<Report> awaited;
    synchronized (this) {
      awaited = running;
    }
    return awaited == null ? Optional.empty() : awaited.await(limit);
  }

  private void requireIdle() {
    if (running != null && !running.ended()) {
      throw new IllegalStateException("a recovery is under way: " + running);
    }
  }

  @Override
  public String toString() {
    return status();
  }
}
