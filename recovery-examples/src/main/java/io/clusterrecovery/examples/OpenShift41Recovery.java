package io.clusterrecovery.examples;

import io.clusterrecovery.LostMastersRecovery;
import io.clusterrecovery.Master;
import io.clusterrecovery.Recovered;
import io.clusterrecovery.RecoveryPart;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.etcd.OpenShift41;
import io.clusterrecovery.etcd.QuorumRestorer;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.examples.DrillOptions.Platform;
import io.clusterrecovery.examples.DrillOptions.Source;
import io.clusterrecovery.k8s.KubeClusterProxy;

/**
 * The whole recovery of a lab as OpenShift 4.1 has it, by the release's own scripts, in the order
 * of its documentation: restore, new masters and their certificates, DNS, load balancer, signer,
 * growth, signer gone.
 */
final class OpenShift41Recovery {
  private static final String GROWTH = "grow etcd with a signer";

  private final DrillOperations operations;

  OpenShift41Recovery(DrillOperations operations) {
    this.operations = operations;
  }

  /**
   * {@return the recovery} Growth changes more than new masters, the signer on the survivor, so it
   * is a step of its own in the place of that part.
   */
  LostMastersRecovery<RestoreResult> recipe() {
    return operations
        .recipe(restorer())
        .dns(operations.dns(), "etcd-0", "etcd-1", "etcd-2")
        .after(RecoveryPart.GROWTH, GROWTH, this::growth)
        .build();
  }

  private QuorumRestorer restorer() {
    return operations.restorer(
        Platform.OPENSHIFT41,
        operations.peerUrl(0),
        OpenShift41.scripts().proxyFrom(KubeClusterProxy.on(operations.api())),
        Source.SNAPSHOT);
  }

  private RecoveryStep<?> growth(Recovered<RestoreResult> found) {
    return new OpenShift41Growth(
            operations.site().facts().zone(),
            operations.etcd(),
            DrillLab.SURVIVOR,
            operations.api(),
            name -> operations.ssh(operations.site().host(name)))
        .by(found.masters().stream().map(Master::name).toList());
  }
}
