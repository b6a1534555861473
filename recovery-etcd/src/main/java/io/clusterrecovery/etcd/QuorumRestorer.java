package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Restores etcd quorum on a surviving host, from a snapshot or from the survivor's own data.
 *
 * <ol>
 *   <li>Inspects the snapshot, if there is one: whole, and of this cluster.
 *   <li>Asks every member for signs of quorum, and refuses unless a majority of voters is proven
 *       lost or vouched for with {@link QuorumRestorerBuilder#lost}; a vouch never outweighs a sign
 *       of life.
 *   <li>Looks at the host: configuration, names, tools, room.
 *   <li>Saves a snapshot of the survivor to this machine, where its etcd answers.
 *   <li>Has the {@link RestoreMethod} restore a cluster of one with a fresh token; old data is
 *       moved aside, never removed.
 *   <li>Verifies: one member, a linearizable read, a write of its own key, which it deletes again.
 *   <li>Restarts what the method names, such as the API server.
 *   <li>Saves a snapshot of the restored etcd to this machine.
 *   <li>Watches the restored etcd's log for members of the old cluster that still ask to join, and
 *       names them.
 * </ol>
 *
 * <p>Immutable and thread-safe. Idempotent: if the host was restored from the same snapshot and
 * that cluster lives, nothing is changed and the first result is given.
 */
public final class QuorumRestorer implements RecoveryStep<RestoreResult> {
  private final RestoreSettings settings;

  QuorumRestorer(RestoreSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts a restore.
   *
   * @param survivor the one host to keep; who made it closes it
   */
  public static QuorumRestorerBuilder on(RemoteHost survivor) {
    return new QuorumRestorerBuilder(survivor);
  }

  /**
   * Restores, by itself: no journal, no deadline beyond the limits of its waits. The hosts are
   * locked meanwhile; to take the place of a run whose owner says that it never goes on, carry this
   * step out by a {@link RunContext} with {@link RunContext.Builder#takeOver}.
   *
   * @throws RefusedException if the plan refuses; nothing was changed
   * @throws StepFailedException if it failed after its first change; run it again to go on
   * @throws TimedOutException if etcd was started and did not become healthy in time
   */
  public RestoreResult restore() {
    return RunContext.standalone().carryOut(this);
  }

  /**
   * Carries out a plan that was made earlier, by itself.
   *
   * @param accepted what {@link #plan()} gave
   * @throws RefusedException if the world no longer matches the plan, naming the difference, or for
   *     the reasons of {@link #restore()}
   */
  public RestoreResult restore(Plan accepted) {
    return RunContext.standalone().carryOut(this, accepted);
  }

  /**
   * Puts back what that restore has moved: data, units, and the fences of the hosts given with
   * {@link QuorumRestorerBuilder#memberHost}. What it had restored is moved aside in turn.
   *
   * @throws RefusedException if others have joined the restored cluster, or clients have written to
   *     it (leases, events and the SDK's own key aside); nothing was changed
   * @throws StepFailedException if it failed after its first change; run it again to go on
   */
  public RollbackResult rollback(RestoreResult restored) {
    return RunContext.standalone().carryOut(undoing(restored));
  }

  /**
   * Puts back what the newest restore on the survivor has moved, also one that failed half way.
   *
   * @throws RefusedException as {@link #rollback(RestoreResult)}, or if there is none
   * @throws StepFailedException if it failed after its first change; run it again to go on
   */
  public RollbackResult rollback() {
    return RunContext.standalone().carryOut(undoing());
  }

  /** {@return the step that rolls that restore back} Its plan shows what it would do. */
  public RecoveryStep<RollbackResult> undoing(RestoreResult restored) {
    return new RestoreRollback(settings, Optional.of(restored.run()));
  }

  /** {@return the step that rolls the newest restore on the survivor back} */
  public RecoveryStep<RollbackResult> undoing() {
    return new RestoreRollback(settings, Optional.empty());
  }

  @Override
  public String operation() {
    return "restore quorum";
  }

  @Override
  public List<RemoteHost> hosts() {
    return settings.hosts();
  }

  @Override
  public Prepared<RestoreResult> prepare(RunContext run) {
    return new RestorePreparation(settings, operation(), run).prepared();
  }

  @Override
  public String toString() {
    return "QuorumRestorer[%s on %s from %s]"
        .formatted(
            settings.memberName(),
            settings.survivor().name(),
            settings.snapshot().map(Path::toString).orElse("its own data"));
  }
}
