package io.clusterrecovery.examples;

import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.etcd.EtcdSigner;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.Membership;
import io.clusterrecovery.etcd.OpenShift41;
import io.clusterrecovery.etcd.Signed;
import io.clusterrecovery.k8s.KubeClusterProxy;
import io.clusterrecovery.k8s.KubeSignerPods;
import io.kubernetes.client.openapi.ApiClient;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * Grows etcd of a lab of OpenShift 4.1 by new masters, one after the other, with a signer of their
 * certificates on the survivor.
 *
 * @param zone the domain that etcd's records are in
 * @param etcd the survivor's
 * @param survivor its name
 * @param ssh how a host is reached, by its name
 */
record OpenShift41Growth(
    String zone,
    EtcdCluster etcd,
    String survivor,
    ApiClient api,
    Function<String, ? extends RemoteHost> ssh) {

  /**
   * {@return the step}
   *
   * @param masters their names; the first has the record etcd-1, the next etcd-2
   */
  RecoveryStep<Signed<Membership>> by(List<String> masters) {
    RemoteHost host = ssh.apply(survivor);
    EtcdSigner signer =
        EtcdSigner.on(host, KubeSignerPods.on(api))
            .hostname(survivor)
            .kubeconfig("/etc/kubernetes/admin.conf")
            .build();
    MemberExpander.Builder expander =
        MemberExpander.on(etcd)
            .hostOf(member(survivor), host)
            .starter(OpenShift41.memberRecover(signer).proxyFrom(KubeClusterProxy.on(api)));
    for (int i = 0; i < masters.size(); i++) {
      URI peer = URI.create("https://etcd-%d.%s:2380".formatted(i + 1, zone));
      expander.add(member(masters.get(i)), peer, ssh.apply(masters.get(i)));
    }
    return signer.during(expander.build());
  }

  /** etcd goes by the name of its pod. */
  static String member(String master) {
    return "etcd-member-" + master;
  }
}
