package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The snapshots that a restore takes for safety: of the survivor before anything is changed, and of
 * the restored etcd. They are kept on this machine, so that they outlive the survivor's disk.
 */
final class SafetySnapshots {
  private static final long MARGIN = 128L << 20;
  private static final String MOVED = "the data that is moved aside is the safety copy";

  /** Causes that are on this machine, and are mended here before anything is changed. */
  private static final Set<Code> OURS = Set.of(Code.FILE_UNWRITABLE, Code.INTERRUPTED);

  private final RestoreSettings settings;
  private final boolean answers;

  /**
   * Takes none yet.
   *
   * @param answers whether the survivor's etcd answers, and is what it was before the restore
   */
  SafetySnapshots(RestoreSettings settings, boolean answers) {
    this.settings = settings;
    this.answers = answers;
  }

  /**
   * Says what will be taken, and refuses where there is no room for it.
   *
   * @param size how large one of them may be, in bytes
   */
  void describe(long size, Plan.Builder plan) {
    if (settings.withoutSafetySnapshots()) {
      plan.fact("safety snapshots", "none; " + MOVED);
      return;
    }
    plan.fact(
        "safety snapshot",
        answers ? shown("before") : "none, since etcd does not answer; " + MOVED);
    plan.fact("fresh snapshot", shown("after"));
    Path folder = existing(settings.safetyFolder());
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      room(folder, free, size * (answers ? 2 : 1) + MARGIN).forEach(plan::refuse);
    } catch (IOException e) {
      plan.refuse(
          Code.FILE_UNWRITABLE,
          "What room there is for safety snapshots in %s cannot be told: %s.".formatted(folder, e),
          "Name another folder with safetySnapshotsIn(…).");
    }
  }

  static List<Refusal> room(Path folder, long free, long needed) {
    return free >= needed
        ? List.of()
        : List.of(
            new Refusal(
                Code.DISK_FULL,
                "This machine has %d MiB free in %s, and safety snapshots need %d MiB."
                    .formatted(free >> 20, folder, needed >> 20),
                "Make room, or name another folder with safetySnapshotsIn(…)."));
  }

  /** What etcd cannot give is kept all the same: its data is moved, never removed. */
  SafetySnapshot before(RunContext run) {
    if (settings.withoutSafetySnapshots()) {
      return SafetySnapshot.none("not wanted; " + MOVED);
    }
    if (!answers) {
      return SafetySnapshot.none("etcd did not answer; " + MOVED);
    }
    try {
      return SafetySnapshot.of(saved("before", run), "the survivor before the restore");
    } catch (RefusedException e) {
      if (OURS.contains(e.code())) {
        throw e;
      }
      run.line("No safety snapshot: " + e.found() + " " + MOVED + ".");
      return SafetySnapshot.none(e.found() + " " + MOVED);
    }
  }

  /** The restore is good whether or not this succeeds. */
  SafetySnapshot after(RunContext run) {
    if (settings.withoutSafetySnapshots()) {
      return SafetySnapshot.none("not wanted");
    }
    try {
      return SafetySnapshot.of(saved("after", run), "the restored etcd");
    } catch (RecoveryException e) {
      run.line("No fresh snapshot, take one by hand: " + e.found());
      return SafetySnapshot.none(e.found());
    }
  }

  /** A run that was taken up again may have taken it already. */
  private Snapshot saved(String when, RunContext run) {
    Path file = settings.safetyFolder().resolve(run.runId() + "-" + when + ".db");
    if (Files.exists(file)) {
      return Snapshot.inspect(file);
    }
    try {
      Files.createDirectories(settings.safetyFolder());
    } catch (IOException e) {
      throw new RefusedException(
          new Refusal(
              Code.FILE_UNWRITABLE,
              "The folder %s cannot be made: %s.".formatted(settings.safetyFolder(), e),
              "Name another folder with safetySnapshotsIn(…)."),
          e);
    }
    run.line("saving " + file);
    return Snapshot.save(settings.etcd(), file);
  }

  private String shown(String when) {
    return settings.safetyFolder().resolve("RUN-" + when + ".db").toString();
  }

  private static Path existing(Path folder) {
    Path at = folder;
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }
}
