package io.clusterrecovery.examples;

import io.clusterrecovery.Upload;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.LabHost;
import java.nio.file.Path;

/** A snapshot's content, as what a founding member's etcd begins with. */
record SnapshotContent(Path file) {
  private static final String GIVEN = "/root/given.db";

  private static final String FOUND =
      """
      . /etc/etcd/etcd.env
      etcdutl snapshot restore %s --skip-hash-check --data-dir /var/lib/etcd \
        --name "$ETCD_NAME" --initial-cluster "$ETCD_INITIAL_CLUSTER" \
        --initial-cluster-token lab \
        --initial-advertise-peer-urls "$ETCD_INITIAL_ADVERTISE_PEER_URLS" || exit 1
      rm %1$s
      systemctl start --no-block etcd
      """
          .formatted(GIVEN);

  /** Starts etcd with it, on a host of a lab whose etcd has never run. */
  void found(LabHost host, SshHost ssh) {
    ssh.upload(Upload.of(file, GIVEN), progress -> {});
    host.script(FOUND).orThrow();
  }

  /** Returns when the host's etcd serves, which takes others where it needs them for quorum. */
  static void awaitServing(LabHost host) {
    host.script("until systemctl is-active -q etcd; do sleep 0.2; done").orThrow();
  }
}
