package io.clusterrecovery.etcd;

/**
 * Where a restore keeps what on the host; all that is moved stays on one file system.
 *
 * @param snapshot the copy of the snapshot
 * @param dataDir etcd's data directory
 * @param restored where the snapshot is restored to before it is moved in
 * @param oldData where the old data goes, with a number behind it
 * @param learnerData where the data of a learner goes whose add is undone, likewise
 */
record RestorePaths(
    String snapshot, String dataDir, String restored, String oldData, String learnerData) {

  static RestorePaths of(String dataDir, String runFolder, boolean sameDevice) {
    String name = runFolder.substring(runFolder.lastIndexOf('/') + 1);
    String kept = sameDevice ? runFolder : dataDir + "/recovery-" + name;
    return new RestorePaths(
        runFolder + "/snapshot.db",
        dataDir,
        kept + "/etcd-restored",
        kept + "/etcd-data",
        kept + "/etcd-learner");
  }

  /** Where the run keeps its things. */
  String runFolder() {
    return snapshot.substring(0, snapshot.lastIndexOf('/'));
  }

  /** Where a tool that was brought along is until it has restored. */
  String tool() {
    return runFolder() + "/etcdutl";
  }

  /**
   * Where it is written down how the unit that runs etcd, or its pod, was before it was stopped.
   */
  String unitState() {
    return runFolder() + "/unit-was";
  }

  /** As a plan shows them: the same whichever run will carry it out. */
  RestorePaths shown() {
    String run = runFolder();
    String name = run.substring(run.lastIndexOf('/') + 1);
    return new RestorePaths(
        snapshot.replace(name, "RUN"),
        dataDir,
        restored.replace(name, "RUN"),
        oldData.replace(name, "RUN"),
        learnerData.replace(name, "RUN"));
  }
}
