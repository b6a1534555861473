package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import io.clusterrecovery.etcd.RestoreMethod.Undo;
import io.clusterrecovery.etcd.RestoreMethod.Undo.Stage;
import java.util.ArrayList;
import java.util.List;

/** Puts back what a restore has moved on a host where systemd runs etcd. */
final class SystemdUndo {
  private final String unit;
  private final List<String> users;
  private final RemoteHost host;
  private final RestorePaths paths;
  private final HostFacts facts;
  private final boolean starts;

  private SystemdUndo(
      String unit,
      List<String> users,
      RemoteHost host,
      RestorePaths paths,
      HostFacts facts,
      boolean starts) {
    this.unit = unit;
    this.users = users;
    this.host = host;
    this.paths = paths;
    this.facts = facts;
    this.starts = starts;
  }

  static Undo prepare(
      String unit, List<String> users, RemoteHost host, RunId undone, Plan.Builder plan) {
    SystemdUnit seen = SystemdUnit.of(host, unit);
    String dataDir = seen.variable("ETCD_DATA_DIR").orElse("/nonexistent");
    String runFolder = RestoreRecord.folder(undone);
    HostFacts facts = HostFacts.of(host, dataDir, "localhost", runFolder);
    RestorePaths paths = RestorePaths.of(dataDir, runFolder, facts.runFolderOnSameDevice());
    boolean starts = !seen.running() && RestoreScripts.ranBefore(host, paths.unitState());
    SystemdUndo undo = new SystemdUndo(unit, users, host, paths, facts, starts);
    if (undo.isMixedUp()) {
      plan.refuse(
          Code.VERIFICATION_FAILED,
          "%s has other data in %s than the restore left there.".formatted(host.name(), dataDir),
          "See whose it is and move it away; the old data is in " + paths.oldData() + "-1.");
    }
    undo.planned().forEach(plan::change);
    return new Undo(
        undo.stage(),
        acting -> {
          RestoreCommand.end(host, undone);
          undo.carryOut(acting);
        });
  }

  private Stage stage() {
    if (!facts.hasMovedData()) {
      return Stage.NOT_MOVED;
    }
    return facts.hasMember() ? Stage.RESTORED : Stage.MOVED_ASIDE;
  }

  private boolean isMixedUp() {
    return facts.hasMovedData() && facts.hasMember() && facts.hasRestoredAside();
  }

  private List<Change> planned() {
    List<Change> all = new ArrayList<>();
    if (stage() == Stage.RESTORED) {
      all.add(stop());
      all.add(moveOut());
    }
    if (stage() != Stage.NOT_MOVED) {
      all.add(moveBack());
    }
    if (mustStart()) {
      all.add(start());
      users.forEach(user -> all.add(restart(user)));
    }
    return all;
  }

  /** Whoever read the restored content must not go on with it. */
  private boolean mustStart() {
    return starts || stage() == Stage.RESTORED;
  }

  private void carryOut(RunContext run) {
    if (stage() == Stage.RESTORED) {
      run.change(stop(), () -> SystemdStop.andAwait(unit, host, run));
      run.change(moveOut(), () -> HostFile.must(host, RestoreScripts.moveRestoredOut(paths)));
    }
    if (stage() != Stage.NOT_MOVED) {
      run.change(moveBack(), () -> script(RestoreScripts.MOVE_BACK));
    }
    if (mustStart()) {
      run.change(start(), () -> HostFile.must(host, SystemdUnit.start(unit)));
      users.forEach(user -> run.change(restart(user), () -> restartAtOnce(user)));
    }
    script(RestoreScripts.DROP_ASIDE);
  }

  /** It is not awaited: without quorum an API server does not get ready. */
  private void restartAtOnce(String user) {
    host.run(Command.of("systemctl", "kill", "--signal=SIGKILL", user).asRoot());
    HostFile.must(host, Command.of("systemctl", "restart", "--no-block", user).asRoot());
  }

  private void script(String script) {
    HostFile.must(host, RestoreScripts.command(script, paths));
  }

  private Change stop() {
    return change("stop", "stop " + unit, "a cluster of one", "stopped");
  }

  private Change moveOut() {
    String to = paths.shown().restored() + "-undone-1";
    return change("move-out", "move the restored data aside", paths.dataDir() + "/member", to);
  }

  private Change moveBack() {
    String from = paths.shown().oldData() + "-1";
    return change("move-back", "move the old data back", from, paths.dataDir() + "/member");
  }

  private Change start() {
    return change("start", "start " + unit, "stopped", "as it was before the restore");
  }

  private Change restart(String user) {
    return change("restart-" + user, "restart " + user, "knows the restored content", "reads anew")
        .withoutUndo();
  }

  private Change change(String id, String what, String from, String to) {
    return Change.of("rollback/" + id + "@" + host.name(), what, host.name(), from, to);
  }
}
