package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps a fresh snapshot of a healthy etcd on this machine, at the end of a recovery: the backups
 * from before it are of a cluster that is no more.
 *
 * <ol>
 *   <li>Reads the revision that etcd as a whole has; without quorum it refuses.
 *   <li>Takes a snapshot as {@link Snapshot#save} does, as {@code RUN-recovered.db}, mode 0600.
 *   <li>Inspects it: it must be whole, and not behind the revision that was read.
 * </ol>
 *
 * <p>A run that is taken up again keeps the one it has. Immutable and thread-safe.
 */
public final class EtcdBackup implements RecoveryStep<Snapshot> {
  private static final String OPERATION = "keep a fresh snapshot";

  private final EtcdCluster cluster;
  private final Path folder;

  private EtcdBackup(EtcdCluster cluster, Path folder) {
    this.cluster = cluster;
    this.folder = folder;
  }

  /**
   * {@return the step that keeps a snapshot of this etcd}
   *
   * @param cluster whose first endpoint gives it
   * @param folder where it shall be; made if it is not there
   */
  public static EtcdBackup of(EtcdCluster cluster, Path folder) {
    return new EtcdBackup(requireNonNull(cluster, "cluster"), requireNonNull(folder, "folder"));
  }

  @Override
  public String operation() {
    return OPERATION;
  }

  /**
   * Keeps one now.
   *
   * @return the snapshot, as inspected
   * @throws RefusedException if etcd does not serve, or the folder cannot be written to
   * @throws StepFailedException if what etcd gave is behind what it had
   */
  public Snapshot keep() {
    return RunContext.standalone().carryOut(this);
  }

  @Override
  public Prepared<Snapshot> prepare(RunContext run) {
    Path file = folder.resolve(run.runId() + "-recovered.db");
    Plan.Builder plan = Plan.of(OPERATION, cluster.toString());
    if (Files.exists(file)) {
      Snapshot kept = Snapshot.inspect(file);
      return new Prepared<>(plan.note("kept already: " + kept).build(), acting -> kept);
    }
    long revision = EtcdStore.of(cluster).revision();
    Change change =
        Change.of("backup", "keep a snapshot", folder.toString(), "none of this run", "" + file);
    plan.note("etcd is at revision " + revision).change(change);
    return new Prepared<>(plan.build(), acting -> saved(file, revision, change, acting));
  }

  private Snapshot saved(Path file, long revision, Change change, RunContext run) {
    run.change(change, () -> save(file, run));
    Snapshot saved = Snapshot.inspect(file);
    if (saved.contents().revision() < revision) {
      throw run.failure(
          Code.VERIFICATION_FAILED,
          "The snapshot is of revision %d, and etcd had %d before it was taken."
              .formatted(saved.contents().revision(), revision),
          "The member that gave it is behind: look at its health, then take one by hand.",
          null);
    }
    return saved;
  }

  private void save(Path file, RunContext run) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw run.failure(
          Code.FILE_UNWRITABLE,
          "The folder %s cannot be made: %s.".formatted(folder, e),
          "Name another folder.",
          e);
    }
    Snapshot.save(cluster, file);
  }

  @Override
  public String toString() {
    return "snapshot of " + cluster + " into " + folder;
  }
}
