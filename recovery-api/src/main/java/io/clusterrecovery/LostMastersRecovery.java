package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

/**
 * The whole recovery of a control plane that lost a majority of its masters, as a recipe: the
 * operations in the order in which they depend on each other, whatever carries each of them out.
 *
 * <ol>
 *   <li>Preflight: the restore, the checks that were added, new masters, DNS and load balancer are
 *       looked at, all at the same time; every problem is listed at once, and nothing is changed if
 *       there is one. What needs the restored cluster itself cannot be looked at yet.
 *   <li>Quorum is restored on the survivor; the restore keeps a snapshot from before.
 *   <li>The API is waited for; what stands for lost masters and is in the way goes.
 *   <li>New masters: given, made by a {@link Provisioner}, or told by a step such as one that waits
 *       for the Machine API.
 *   <li>Certificate requests are approved, nodes waited for, DNS and load balancer corrected, etcd
 *       grown to full membership, in the {@link RecoveryOrder} that the platform needs.
 *   <li>Operators are redeployed, what the restore left behind is cleaned, and a fresh snapshot of
 *       the recovered etcd is kept.
 * </ol>
 *
 * <p>Each part but the restore is left out if it is not set, and is whatever step it is set to. The
 * recipe itself does nothing: it gives a {@link Runbook}, with all that one can do. Immutable and
 * thread-safe.
 *
 * @param <R> what the restore finds
 */
public final class LostMastersRecovery<R> {
  private final RecoverySettings<R> settings;

  LostMastersRecovery(RecoverySettings<R> settings) {
    this.settings = settings;
  }

  /** {@return a builder of a recovery that begins by this restore} */
  public static <R> LostMastersRecoveryBuilder<R> restoring(RecoveryStep<R> restore) {
    return new LostMastersRecoveryBuilder<>(requireNonNull(restore, "restore"));
  }

  /**
   * {@return a builder of a recovery whose quorum was restored before, by whatever means}
   *
   * @param restored what is known of that restore, such as when it was
   */
  public static <R> LostMastersRecoveryBuilder<R> after(R restored) {
    requireNonNull(restored, "restored");
    return restoring(new KnownResult<>(RecoveryPart.RESTORE.title(), restored));
  }

  /**
   * {@return a builder of a runbook that holds this recovery} Journal, listener, confirmation and
   * deadline are set there; steps that are added there come last.
   *
   * @param name the runbook's name
   */
  public Runbook.Builder runbook(String name) {
    Runbook.Builder book = Runbook.named(name);
    new RecoveryBook<>(settings, book).write();
    return book;
  }

  @Override
  public String toString() {
    return "recovery from lost masters: " + runbook("").build();
  }
}
