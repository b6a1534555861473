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

/**
 * Puts back what a restore has moved or copied on a host where the kubelet runs etcd: data, then
 * manifests, then the kubelet.
 */
final class StaticPodUndo {
  private final RemoteHost host;
  private final RestorePaths paths;
  private final HostFacts facts;
  private final StaticPodHost pods;
  private final boolean manifestsAside;
  private final boolean starts;

  private StaticPodUndo(
      RemoteHost host, RestorePaths paths, HostFacts facts, StaticPodFiles files) {
    this.host = host;
    this.paths = paths;
    this.facts = facts;
    this.pods = new StaticPodHost(host, files);
    this.manifestsAside = files.isAnyAside(host);
    this.starts =
        RestoreScripts.ranBefore(host, paths.unitState())
            && !SystemdUnit.of(host, "kubelet").running();
  }

  static Undo prepare(RemoteHost host, RunId undone, StaticPodFiles files, Plan.Builder plan) {
    String runFolder = RestoreRecord.folder(undone);
    String dataDir = files.etcd().flatMap(StaticPodRules::dataDir).orElse("/nonexistent");
    HostFacts facts = HostFacts.of(host, dataDir, "localhost", runFolder);
    RestorePaths paths = RestorePaths.of(dataDir, runFolder, facts.runFolderOnSameDevice());
    StaticPodUndo undo = new StaticPodUndo(host, paths, facts, files);
    if (!facts.hasDataDir()) {
      plan.refuse(
          Code.ETCD_CONFIG_UNSUPPORTED,
          "Where etcd's data belongs on %s cannot be told by its manifest.".formatted(host.name()),
          "Put the manifest back, from %s or a backup.".formatted(files.aside()));
    }
    if (facts.hasMovedData() && facts.hasMember() && facts.hasRestoredAside()) {
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

  private List<Change> planned() {
    List<Change> all = new ArrayList<>();
    if (stage() != Stage.NOT_MOVED) {
      all.add(stop());
      if (stage() == Stage.RESTORED) {
        all.add(moveOut());
      }
      all.add(moveBack());
    }
    if (mustStart()) {
      all.add(start());
    }
    return all;
  }

  private boolean mustStart() {
    return stage() != Stage.NOT_MOVED || manifestsAside || starts;
  }

  private void carryOut(RunContext run) {
    if (stage() != Stage.NOT_MOVED) {
      run.change(stop(), () -> stop(run));
      if (stage() == Stage.RESTORED) {
        run.change(moveOut(), () -> HostFile.must(host, RestoreScripts.moveRestoredOut(paths)));
      }
      run.change(moveBack(), () -> script(RestoreScripts.MOVE_BACK));
    }
    if (mustStart()) {
      run.change(start(), this::putManifestsBack);
    }
    script(RestoreScripts.DROP_ASIDE);
    String tool = KubeadmStaticPods.toolPath(paths.runFolder());
    HostFile.must(host, Command.of("rm", "-f", "--", tool).asRoot());
  }

  private void stop(RunContext run) {
    pods.moveAside();
    pods.stop(run);
  }

  /** Nothing is awaited: without quorum neither etcd nor an API server gets ready. */
  private void putManifestsBack() {
    pods.moveAllBack();
    if (RestoreScripts.ranBefore(host, paths.unitState())) {
      pods.startKubelet();
    }
  }

  private void script(String script) {
    HostFile.must(host, RestoreScripts.command(script, paths));
  }

  private Change stop() {
    return change("stop", "stop kubelet and the control plane", "a cluster of one", "stopped");
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
    return change(
        "start", "put the manifests and kubelet back", "aside, stopped", "as before the restore");
  }

  private Change change(String id, String what, String from, String to) {
    return Change.of("rollback/" + id + "@" + host.name(), what, host.name(), from, to);
  }
}
