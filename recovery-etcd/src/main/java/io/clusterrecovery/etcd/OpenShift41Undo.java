package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import io.clusterrecovery.etcd.OpenShift41Move.Script;
import io.clusterrecovery.etcd.RestoreMethod.Undo;
import io.clusterrecovery.etcd.RestoreScriptOutput.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Puts back what a restore by the script has moved: script, data, manifests, kubelet. */
final class OpenShift41Undo {
  private final RemoteHost host;
  private final RunId undone;
  private final String runFolder;
  private final OpenShift41Facts facts;
  private final RestoreScriptJob.Seen script;
  private final DataUndo data;

  private OpenShift41Undo(RemoteHost host, RunId undone) {
    this.host = host;
    this.undone = undone;
    this.runFolder = RestoreRecord.folder(undone);
    this.facts = OpenShift41Facts.of(host, runFolder);
    this.script = RestoreScriptJob.of(host, undone, Duration.ofMinutes(1)).look();
    this.data = DataUndo.of(host, OpenShift41Facts.DATA_DIR, undone);
  }

  static Undo prepare(RemoteHost host, RunId undone, Plan.Builder plan) {
    OpenShift41Undo undo = new OpenShift41Undo(host, undone);
    undo.planned().forEach(plan::change);
    return new Undo(undo.stage(), undo::carryOut);
  }

  /** A script that runs may just be removing the data; nobody has relied on that yet. */
  private Undo.Stage stage() {
    if (script.state() == Script.RUNS) {
      return Undo.Stage.MOVED_ASIDE;
    }
    return isRemoved(facts, script)
        ? facts.hasData() ? Undo.Stage.RESTORED : Undo.Stage.MOVED_ASIDE
        : Undo.Stage.NOT_MOVED;
  }

  /** Whether the data of before is no longer in its place. */
  static boolean isRemoved(OpenShift41Facts facts, RestoreScriptJob.Seen script) {
    return facts.isComplete()
        || facts.hasKept()
        || (script.state() == Script.ENDED && script.stage().compareTo(Stage.REMOVING_DATA) >= 0);
  }

  private List<Change> planned() {
    List<Change> all = new ArrayList<>();
    if (script.state() == Script.RUNS) {
      all.add(kill());
    }
    if (stage() != Undo.Stage.NOT_MOVED) {
      all.add(stop());
      if (facts.hasData()) {
        all.add(moveOut());
      }
      all.add(moveBack());
    }
    if (stage() != Undo.Stage.NOT_MOVED || isHalfWay()) {
      all.add(start());
    }
    return all;
  }

  private boolean isHalfWay() {
    return !OpenShift41Move.toPutBack(facts).isEmpty() || !facts.kubeletRuns();
  }

  private void carryOut(RunContext run) {
    if (script.state() == Script.RUNS) {
      run.change(kill(), () -> host.find(RestoreCommand.jobName(undone)).orElseThrow().stop());
    }
    OpenShift41Facts now = OpenShift41Facts.of(host, runFolder);
    RestoreScriptJob.Seen ended = RestoreScriptJob.of(host, undone, Duration.ofMinutes(1)).look();
    boolean removed = isRemoved(now, ended) && (now.hasCopy() || now.hasKept());
    if (removed) {
      run.change(stop(), this::stopAll);
      if (now.hasData()) {
        run.change(moveOut(), this::moveRestoredOut);
      }
      run.change(moveBack(), this::moveOldBack);
    }
    if (removed || !OpenShift41Move.toPutBack(now).isEmpty() || !now.kubeletRuns()) {
      run.change(start(), this::putManifestsAndKubeletBack);
    }
    RestoreCommand.end(host, undone);
    script(OpenShift41HostScripts.ARCHIVE, runFolder + "/assets");
    data.dropAside();
  }

  /** Manifests first, so that not even a reboot starts what is stopped here. */
  private void stopAll() {
    script(OpenShift41HostScripts.PUT_BACK, facts.leftovers().keySet().toArray(String[]::new));
    script(OpenShift41HostScripts.MANIFESTS_ASIDE, runFolder + "/manifests");
    script(OpenShift41HostScripts.STOP_ALL);
  }

  private void moveRestoredOut() {
    HostFile.must(host, RestoreScripts.moveRestoredOut(data.paths()));
  }

  private void moveOldBack() {
    script(OpenShift41HostScripts.TAKE_COPY_IN, runFolder + "/etcd-data-1");
    HostFile.must(host, Command.of("mkdir", "-p", "-m", "700", OpenShift41Facts.DATA_DIR).asRoot());
    HostFile.must(host, RestoreScripts.command(RestoreScripts.MOVE_BACK, data.paths()));
  }

  /** Nothing is awaited: without quorum neither etcd nor an API server gets ready. */
  private void putManifestsAndKubeletBack() {
    script(OpenShift41HostScripts.MANIFESTS_BACK, runFolder + "/manifests");
    script(OpenShift41HostScripts.PUT_BACK, facts.leftovers().keySet().toArray(String[]::new));
    if (data.ranBefore()) {
      script(OpenShift41HostScripts.START_KUBELET);
    }
  }

  private void script(String script, String... arguments) {
    OpenShift41HostScripts.run(host, script, arguments);
  }

  private Change kill() {
    return data.change("kill-script", "end etcd-snapshot-restore.sh", "runs", "ended");
  }

  private Change stop() {
    return data.change(
        "stop", "stop kubelet and all containers", "what the script has left", "stopped");
  }

  private Change moveOut() {
    String to = "/var/lib/cluster-recovery/RUN/etcd-restored-undone-1";
    return data.change("move-out", "move the restored data aside", "/var/lib/etcd/member", to);
  }

  private Change moveBack() {
    String from = "the copy that the script made";
    return data.change("move-back", "move the old data back", from, "/var/lib/etcd/member");
  }

  private Change start() {
    return data.change(
        "start", "put the manifests and kubelet back", "aside, stopped", "as before the restore");
  }
}
