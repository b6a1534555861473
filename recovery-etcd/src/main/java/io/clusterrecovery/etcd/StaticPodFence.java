package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Keeps the control plane of another host from running beside a restored etcd. */
final class StaticPodFence {
  private final RemoteHost host;
  private final StaticPodFiles files;
  private final StaticPodHost pods;

  StaticPodFence(RemoteHost host, StaticPodFiles files) {
    this.host = host;
    this.files = files;
    this.pods = new StaticPodHost(host, files);
  }

  Consumer<RunContext> prepare(Plan.Builder plan) {
    if (!mayRun()) {
      return nothing -> {};
    }
    Change change =
        Change.of(
            "fence/static-pods@" + host.name(),
            "move the manifests aside and stop the control plane",
            host.name(),
            "may run",
            "stopped, also after a reboot");
    plan.change(change);
    return run -> run.change(change, () -> fence(run));
  }

  private boolean mayRun() {
    return Stream.concat(Stream.of(StaticPodFiles.ETCD), StaticPodFiles.USERS.stream())
            .anyMatch(name -> host.read(files.folder() + "/" + name).isPresent())
        || !StaticPodProcesses.on(host).of(files).isEmpty();
  }

  /** The kubelet runs on: it has other pods, and without manifests it starts none of these. */
  private void fence(RunContext run) {
    pods.moveAside();
    pods.stop(run);
    pods.startKubelet();
  }
}
