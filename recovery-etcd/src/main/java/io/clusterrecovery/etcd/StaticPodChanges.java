package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of a restore where the kubelet runs etcd, by their stable ids; the same for every
 * run.
 *
 * @param paths as a plan shows them
 * @param manifests the folder of the manifests
 */
record StaticPodChanges(String host, RestorePaths paths, String manifests) {

  List<Change> planned(List<Change> aside, boolean hasData, List<Change> gate) {
    List<Change> all = new ArrayList<>(aside);
    all.addAll(gate);
    all.add(manifestsAside());
    all.add(stop());
    if (hasData) {
      all.add(moveAside());
    }
    all.add(moveIn());
    all.add(start());
    return all;
  }

  Change manifestsAside() {
    return change(
        "manifests-aside",
        "move the manifests aside",
        manifests,
        "/var/lib/cluster-recovery/RUN/manifests");
  }

  Change stop() {
    return change("stop", "stop kubelet and the control plane", "as it is", "stopped");
  }

  Change moveAside() {
    return change(
        "move-aside",
        "move the old data aside",
        paths.dataDir() + "/member",
        paths.oldData() + "-1");
  }

  Change copyAside() {
    return change(
        "copy-aside", "copy the data aside", paths.dataDir() + "/member", paths.oldData() + "-1");
  }

  Change force() {
    return change(
        "force", "start kubelet with etcd alone, forced", "members without quorum", "one member");
  }

  Change moveIn() {
    return change(
        "move-in", "move the restored data in", paths.restored(), paths.dataDir() + "/member");
  }

  Change start() {
    return change("start", "start kubelet with etcd alone", "stopped", "a cluster of one");
  }

  private Change change(String id, String what, String from, String to) {
    return Change.of("restore/" + id + "@" + host, what, host, from, to);
  }
}
