package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Brings back what uses etcd, after the restored etcd was verified. */
final class StaticPodReturn {
  private final RemoteHost host;
  private final StaticPodFiles files;
  private final StaticPodHost pods;

  StaticPodReturn(RemoteHost host, StaticPodFiles files) {
    this.host = host;
    this.files = files;
    this.pods = new StaticPodHost(host, files);
  }

  Consumer<RunContext> prepare(Plan.Builder plan) {
    if (files.users().isEmpty()) {
      return nothing -> {};
    }
    Change change =
        Change.of(
                "restart/manifests-back@" + host.name(),
                "move the other manifests back",
                host.name(),
                "aside",
                files.folder() + ": " + String.join(", ", files.users()))
            .withoutUndo();
    plan.change(change);
    return acting -> acting.change(change, () -> bringBack(acting));
  }

  /** They were all ended before, so whatever runs now was started since. */
  private void bringBack(RunContext run) {
    Map<String, PodManifest> users = new LinkedHashMap<>(files.manifests());
    users.remove(StaticPodFiles.ETCD);
    pods.moveBack(files.users());
    users.values().forEach(manifest -> pods.awaitNew(manifest, "", run));
  }
}
