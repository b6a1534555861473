package io.clusterrecovery.examples;

import io.clusterrecovery.LostMastersRecovery;
import io.clusterrecovery.Master;
import io.clusterrecovery.Recovered;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.RestoreMethod;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.etcd.SystemdEtcd;
import io.clusterrecovery.examples.DrillOptions.Platform;
import io.clusterrecovery.examples.DrillOptions.Source;
import java.util.List;

/** The whole recovery of a lab under systemd, through the SDK's public API alone. */
final class DrillRecovery {
  private static final RestoreMethod METHOD =
      SystemdEtcd.unit("etcd").restarting("kube-apiserver", "kube-controller-manager");

  private final DrillOperations operations;

  DrillRecovery(DrillOperations operations) {
    this.operations = operations;
  }

  /** {@return the recovery} */
  LostMastersRecovery<RestoreResult> recipe() {
    return operations
        .recipe(
            operations.restorer(Platform.SYSTEMD, operations.peerUrl(0), METHOD, Source.SNAPSHOT))
        .dns(operations.dns(), "etcd-0", "etcd-1", "etcd-2")
        .growth(this::expander)
        .build();
  }

  private MemberExpander expander(Recovered<RestoreResult> found) {
    MemberExpander.Builder expander = MemberExpander.on(operations.etcd());
    List<Master> masters = found.masters();
    for (int i = 0; i < masters.size(); i++) {
      expander.add(
          masters.get(i).name(), operations.peerUrl(i + 1), operations.ssh(masters.get(i)));
    }
    return expander.build();
  }
}
