package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;

/**
 * The changes of a restore where the kubelet runs etcd, by their stable ids; the same for every
 * run.
 *
 * @param paths as a plan shows them
 * @param manifests the folder of the manifests
 */
record StaticPodChanges(String host, RestorePaths paths, String manifests) {

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

  Change copyAside() {
    return change(
        "copy-aside", "copy the data aside", paths.dataDir() + "/member", paths.oldData() + "-1");
  }

  Change force() {
    return change(
        "force", "start kubelet with etcd alone, forced", "members without quorum", "one member");
  }

  Change start() {
    return change("start", "start kubelet with etcd alone", "stopped", "a cluster of one");
  }

  private Change change(String id, String what, String from, String to) {
    return Change.of("restore/" + id + "@" + host, what, host, from, to);
  }
}
