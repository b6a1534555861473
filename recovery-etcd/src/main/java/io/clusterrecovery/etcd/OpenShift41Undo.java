package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import io.clusterrecovery.etcd.OpenShift41Move.Script;
import io.clusterrecovery.etcd.RestoreMethod.Undo;
import java.time.Duration;
import java.util.List;

/** Puts back what a restore by the script has moved: script, data, manifests, kubelet. */
final class OpenShift41Undo {
  private final RemoteHost host;
  private final RunId undone;
  private final String runFolder;
  private final DataUndo data;
  private final boolean ranBefore;

  private OpenShift41Undo(RemoteHost host, RunId undone) {
    this.host = host;
    this.undone = undone;
    this.runFolder = RestoreRecord.folder(undone);
    this.data = DataUndo.of(host, OpenShift41Facts.DATA_DIR, undone);
    this.ranBefore = data.ranBefore();
  }

  static Undo prepare(RemoteHost host, RunId undone, Plan.Builder plan) {
    OpenShift41Undo undo = new OpenShift41Undo(host, undone);
    OpenShift41Facts facts = undo.facts();
    RestoreScriptJob.Seen script = undo.script();
    for (OpenShift41UndoMove move : OpenShift41UndoMove.left(facts, script, undo.ranBefore)) {
      plan.change(undo.change(move));
    }
    if (script.state() == Script.RUNS) {
      plan.note("Which of these are needed is seen when the script was ended.");
    }
    return new Undo(OpenShift41UndoMove.stage(facts, script), undo::carryOut);
  }

  private OpenShift41Facts facts() {
    return OpenShift41Facts.of(host, runFolder);
  }

  private RestoreScriptJob.Seen script() {
    return RestoreScriptJob.of(host, undone, Duration.ofMinutes(1)).look();
  }

  private void carryOut(RunContext run) {
    if (script().state() == Script.RUNS) {
      run.change(
          change(OpenShift41UndoMove.KILL_SCRIPT),
          () -> host.find(RestoreCommand.jobName(undone)).orElseThrow().stop());
    }
    OpenShift41Facts now = facts();
    for (OpenShift41UndoMove move : OpenShift41UndoMove.left(now, script(), ranBefore)) {
      run.change(change(move), () -> act(move, now));
    }
    requireAsBefore(run);
    RestoreCommand.end(host, undone);
    script(OpenShift41HostScripts.ARCHIVE, runFolder + "/assets");
    script(OpenShift41HostScripts.FORGET, runFolder);
    data.dropAside();
  }

  private void act(OpenShift41UndoMove move, OpenShift41Facts now) {
    switch (move) {
      case KILL_SCRIPT -> throw new IllegalStateException("the script runs again");
      case STOP -> {
        script(OpenShift41HostScripts.MANIFESTS_ASIDE, runFolder + "/manifests");
        script(OpenShift41HostScripts.STOP_ALL);
      }
      case MOVE_OUT -> HostFile.must(host, RestoreScripts.moveRestoredOut(data.paths()));
      case MOVE_BACK -> {
        script(OpenShift41HostScripts.TAKE_COPY_IN, runFolder + "/etcd-data-1");
        script(OpenShift41HostScripts.MOVE_OLD_BACK, runFolder + "/etcd-data-1");
      }
      case START -> start(now);
    }
  }

  /** Nothing is awaited: without quorum neither etcd nor an API server gets ready. */
  private void start(OpenShift41Facts now) {
    script(OpenShift41HostScripts.MANIFESTS_BACK, runFolder + "/manifests");
    script(
        OpenShift41HostScripts.PUT_BACK, OpenShift41UndoMove.toPutBack(now).toArray(String[]::new));
    if (ranBefore) {
      script(OpenShift41HostScripts.START_KUBELET);
    }
  }

  private void requireAsBefore(RunContext run) {
    OpenShift41Facts now = facts();
    List<String> missing =
        now.lacking().stream().filter(name -> !now.manifests().containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw run.failure(
          Code.VERIFICATION_FAILED,
          "Manifests are not back on %s: %s.".formatted(host.name(), String.join(", ", missing)),
          "Look for them in %s and %s.".formatted(runFolder, OpenShift41Facts.ASSETS),
          null);
    }
  }

  private void script(String script, String... arguments) {
    OpenShift41HostScripts.run(host, script, arguments);
  }

  private Change change(OpenShift41UndoMove move) {
    return switch (move) {
      case KILL_SCRIPT ->
          data.change("kill-script", "end etcd-snapshot-restore.sh", "runs", "ended");
      case STOP ->
          data.change(
              "stop", "stop kubelet and all containers", "what the script has left", "stopped");
      case MOVE_OUT ->
          data.change(
              "move-out",
              "move the restored data aside",
              "/var/lib/etcd/member",
              "/var/lib/cluster-recovery/RUN/etcd-restored-undone-1");
      case MOVE_BACK ->
          data.change(
              "move-back",
              "move the old data back",
              "the copy that the script made",
              "/var/lib/etcd/member");
      case START ->
          data.change(
              "start",
              "put the manifests and kubelet back",
              "aside, stopped",
              "as before the restore");
    };
  }
}
