package io.clusterrecovery.examples;

import io.clusterrecovery.LostMastersRecovery;
import io.clusterrecovery.Master;
import io.clusterrecovery.Recovered;
import io.clusterrecovery.RecoveryOrder;
import io.clusterrecovery.RecoveryPart;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.Secret;
import io.clusterrecovery.etcd.KubeadmJoin;
import io.clusterrecovery.etcd.KubeadmStaticPods;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.RestoreMethod;
import io.clusterrecovery.etcd.RestoreResult;
import java.net.URI;

/**
 * The whole recovery of a lab made by kubeadm. New masters join by kubeadm, one after the other,
 * each as a member that etcd is grown by.
 */
final class KubeadmRecovery {
  private final DrillOperations operations;
  private final DrillOptions.Source source;

  KubeadmRecovery(DrillOperations operations, DrillOptions.Source source) {
    this.operations = operations;
    this.source = source;
  }

  /**
   * {@return the recovery} kubeadm joins etcd first, and goes on when what its host asks for is
   * approved.
   */
  LostMastersRecovery<RestoreResult> recipe() {
    String peerUrl = peerUrl(operations.site().survivor().address());
    return operations
        .recipe(
            operations.restorer(
                DrillOptions.Platform.KUBEADM, URI.create(peerUrl), method(), source))
        .order(RecoveryOrder.ONE_BY_ONE)
        .forgetting(found -> new LostNodes(operations.api(), DrillLab.LOST))
        .growth(this::expander)
        .after(RecoveryPart.APPROVAL, "wait for kubeadm join", this::joined)
        .build();
  }

  private MemberExpander expander(Recovered<RestoreResult> found) {
    MemberExpander.Builder expander = MemberExpander.on(operations.etcd());
    for (Master master : found.masters()) {
      URI peerUrl = URI.create(peerUrl(master.address()));
      expander.add(master.name(), peerUrl, operations.ssh(master));
    }
    return expander
        .starter(KubeadmJoin.configuredBy(member -> configuration(member.name())))
        .build();
  }

  private RecoveryStep<?> joined(Recovered<RestoreResult> found) {
    Master master = found.masters().get(0);
    return KubeadmJoin.ended(master.name(), operations.ssh(master));
  }

  /** Token and certificate key are made anew for each try. */
  private Secret configuration(String name) {
    return Secret.of(operations.site().joinConfiguration(name));
  }

  /** The hosts have no tools of etcd. */
  private RestoreMethod method() {
    return KubeadmStaticPods.ofHost().tools(operations.site().facts().bin().resolve("etcdutl"));
  }

  private static String peerUrl(String address) {
    return "https://" + address + ":2380";
  }
}
