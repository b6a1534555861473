package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import io.clusterrecovery.etcd.RestoreMethod.Undo;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts back what a restore has moved or copied on a host where the kubelet runs etcd: data, then
 * manifests, then the kubelet.
 */
final class StaticPodUndo {
  private final DataUndo data;
  private final StaticPodHost pods;
  private final boolean starts;

  private StaticPodUndo(RemoteHost host, DataUndo data, StaticPodFiles files) {
    this.data = data;
    this.pods = new StaticPodHost(host, files);
    boolean stopped = data.ranBefore() && !SystemdUnit.of(host, "kubelet").running();
    this.starts = data.isMoved() || files.isAnyAside(host) || stopped;
  }

  static Undo prepare(RemoteHost host, RunId undone, StaticPodFiles files, Plan.Builder plan) {
    String dataDir = files.etcd().flatMap(StaticPodRules::dataDir).orElse("/nonexistent");
    DataUndo data = DataUndo.of(host, dataDir, undone);
    if (!data.facts().hasDataDir()) {
      plan.refuse(
          Code.ETCD_CONFIG_UNSUPPORTED,
          "Where etcd's data belongs on %s cannot be told by its manifest.".formatted(host.name()),
          "Put the manifest back, from %s or a backup.".formatted(files.aside()));
    }
    data.refuseIfMixedUp(plan);
    StaticPodUndo undo = new StaticPodUndo(host, data, files);
    undo.planned().forEach(plan::change);
    return new Undo(
        data.stage(),
        acting -> {
          RestoreCommand.end(host, undone);
          undo.carryOut(acting);
        });
  }

  private List<Change> planned() {
    List<Change> all = new ArrayList<>();
    if (data.isMoved()) {
      all.add(stop());
      all.addAll(data.planned());
    }
    if (starts) {
      all.add(start());
    }
    return all;
  }

  private void carryOut(RunContext run) {
    if (data.isMoved()) {
      run.change(stop(), () -> stop(run));
      data.carryOut(run);
    }
    if (starts) {
      run.change(start(), this::putManifestsBack);
    }
    data.dropAside();
  }

  private void stop(RunContext run) {
    pods.moveAside();
    pods.stop(run);
  }

  /** Nothing is awaited: without quorum neither etcd nor an API server gets ready. */
  private void putManifestsBack() {
    pods.moveAllBack();
    if (data.ranBefore()) {
      pods.startKubelet();
    }
  }

  private Change stop() {
    return data.change("stop", "stop kubelet and the control plane", "a cluster of one", "stopped");
  }

  private Change start() {
    return data.change(
        "start", "put the manifests and kubelet back", "aside, stopped", "as before the restore");
  }
}
