package io.clusterrecovery.examples;

import io.clusterrecovery.LostMastersRecovery;
import io.clusterrecovery.Master;
import io.clusterrecovery.Recovered;
import io.clusterrecovery.aws.DnsUpdater;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.RestoreMethod;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.etcd.SystemdEtcd;
import io.clusterrecovery.examples.DrillOptions.Source;
import java.net.URI;
import java.time.Duration;
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
    // The lab's resolver keeps no answers, so there is nothing to wait for after the change.
    return operations
        .recipe(operations.restorer(peerUrl(0), METHOD, Source.SNAPSHOT))
        .dns(
            DnsUpdater.on(operations.cloud().route53())
                .zone(operations.site().facts().zoneId())
                .oldTtlLimit(Duration.ZERO)
                .asPort(),
            "etcd-0",
            "etcd-1",
            "etcd-2")
        .growth(this::expander)
        .build();
  }

  private MemberExpander expander(Recovered<RestoreResult> found) {
    MemberExpander.Builder expander = MemberExpander.on(operations.etcd());
    List<Master> masters = found.masters();
    for (int i = 0; i < masters.size(); i++) {
      expander.add(masters.get(i).name(), peerUrl(i + 1), operations.ssh(masters.get(i)));
    }
    return expander.build();
  }

  private URI peerUrl(int index) {
    return URI.create("https://etcd-%d.%s:2380".formatted(index, operations.site().facts().zone()));
  }
}
