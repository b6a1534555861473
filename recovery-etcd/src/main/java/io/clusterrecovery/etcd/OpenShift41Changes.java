package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import java.util.List;

/**
 * The changes of a restore by the script, by their stable ids; the same for every run.
 *
 * @param host the surviving host's name
 */
record OpenShift41Changes(String host) {
  private static final String RUN = "/var/lib/cluster-recovery/RUN";

  Change of(OpenShift41Move move, List<String> putBack) {
    return switch (move) {
      case PUT_MANIFESTS_BACK ->
          change(
              "manifests-back",
              "put manifests back that only an earlier run has",
              OpenShift41Facts.ASSETS + "/manifests-stopped",
              OpenShift41Facts.MANIFESTS + ": " + String.join(", ", putBack));
      case TAKE_COPY_IN ->
          change(
              "take-copy-in",
              "take the only copy of the old data in",
              OpenShift41Facts.ASSETS + "/backup/etcd",
              RUN + "/etcd-data-1");
      case ARCHIVE_ASSETS ->
          change(
              "archive-assets",
              "move the script's folder of earlier runs aside",
              OpenShift41Facts.ASSETS,
              RUN + "/assets-before-1");
      case END_ETCD -> change("end-etcd", "end etcd's pod, which no kubelet does", "runs", "ended");
      case UPLOAD ->
          change("copy-snapshot", "copy the snapshot", "not there", RUN + "/snapshot.db");
      case RUN_SCRIPT ->
          change(
              "script",
              "run etcd-snapshot-restore.sh",
              "as it is",
              "a cluster of one; all containers of the host were stopped, those of workloads too");
      case PUT_RIGHT ->
          change("put-right", "put manifests and kubelet right", "half way", "as they were");
      case KEEP ->
          change(
              "keep",
              "keep what the script has left",
              OpenShift41Facts.ASSETS,
              RUN + "/etcd-data-1 and assets-1");
    };
  }

  /** What is done while the script runs, should it have to be. */
  Change help() {
    return change(
        "end-etcd-for-script",
        "stop kubelet and etcd's pod, should the kubelet not end it in a minute",
        "may run on",
        "ended");
  }

  private Change change(String id, String what, String from, String to) {
    return Change.of("restore/" + id + "@" + host, what, host, from, to);
  }
}
