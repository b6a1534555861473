package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import io.clusterrecovery.etcd.RestoreMethod.Undo.Stage;
import java.util.List;

/**
 * Puts back the data that a restore has moved or copied, while nothing uses it.
 *
 * @param host the survivor
 * @param paths where the restore's run has what
 * @param facts what is there
 */
record DataUndo(RemoteHost host, RestorePaths paths, HostFacts facts) {

  static DataUndo of(RemoteHost host, String dataDir, RunId undone) {
    String runFolder = RestoreRecord.folder(undone);
    HostFacts facts = HostFacts.of(host, dataDir, "localhost", runFolder);
    return new DataUndo(
        host, RestorePaths.of(dataDir, runFolder, facts.runFolderOnSameDevice()), facts);
  }

  Stage stage() {
    if (!facts.hasMovedData()) {
      return Stage.NOT_MOVED;
    }
    return facts.hasMember() ? Stage.RESTORED : Stage.MOVED_ASIDE;
  }

  boolean isMoved() {
    return stage() != Stage.NOT_MOVED;
  }

  boolean isRestored() {
    return stage() == Stage.RESTORED;
  }

  /** Data beside what was restored and never moved in is nobody's of this run. */
  void refuseIfMixedUp(Plan.Builder plan) {
    if (isRestored() && facts.hasRestoredAside()) {
      plan.refuse(
          Code.VERIFICATION_FAILED,
          "%s has other data in %s than the restore left there."
              .formatted(host.name(), paths.dataDir()),
          "See whose it is and move it away; the old data is in " + paths.oldData() + "-1.");
    }
  }

  List<Change> planned() {
    return switch (stage()) {
      case NOT_MOVED -> List.of();
      case MOVED_ASIDE -> List.of(moveBack());
      case RESTORED -> List.of(moveOut(), moveBack());
    };
  }

  void carryOut(RunContext run) {
    if (isRestored()) {
      run.change(moveOut(), () -> HostFile.must(host, RestoreScripts.moveRestoredOut(paths)));
    }
    if (isMoved()) {
      run.change(moveBack(), () -> script(RestoreScripts.MOVE_BACK));
    }
  }

  /** Removes what was never moved in, and the tool that a restore may have left. */
  void dropAside() {
    script(RestoreScripts.DROP_ASIDE);
    HostFile.must(host, Command.of("rm", "-f", "--", paths.tool()).asRoot());
  }

  /** Whether the unit that runs etcd, or its pod, ran before the restore stopped it. */
  boolean ranBefore() {
    return RestoreScripts.ranBefore(host, paths.unitState());
  }

  private void script(String script) {
    HostFile.must(host, RestoreScripts.command(script, paths));
  }

  private Change moveOut() {
    String to = paths.shown().restored() + "-undone-1";
    return change("move-out", "move the restored data aside", paths.dataDir() + "/member", to);
  }

  private Change moveBack() {
    String from = paths.shown().oldData() + "-1";
    return change("move-back", "move the old data back", from, paths.dataDir() + "/member");
  }

  /** A change of a rollback on that host. */
  Change change(String id, String what, String from, String to) {
    return Change.of("rollback/" + id + "@" + host.name(), what, host.name(), from, to);
  }
}
