package example;

import io.clusterrecovery.LoggedProgress;
import io.clusterrecovery.LostMastersRecovery;
import io.clusterrecovery.Master;
import io.clusterrecovery.Recovered;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.aws.AwsClients;
import io.clusterrecovery.aws.DnsUpdater;
import io.clusterrecovery.aws.LoadBalancerUpdater;
import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.QuorumRestorer;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.etcd.SystemdEtcd;
import io.clusterrecovery.k8s.ControlPlane;
import io.clusterrecovery.k8s.CsrApprover;
import io.clusterrecovery.ssh.SshHost;
import io.kubernetes.client.openapi.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** The recovery of this service's cluster. */
@Component
class RecoveryBook {
  private final ClusterSettings cluster;
  private final SshHost survivor;
  private final SshHost fresh;
  private final EtcdCluster etcd;
  private final ApiClient api;
  private final AwsClients aws;

  RecoveryBook(
      ClusterSettings cluster,
      SshHost survivor,
      SshHost fresh,
      EtcdCluster etcd,
      ApiClient api,
      AwsClients aws) {
    this.cluster = cluster;
    this.survivor = survivor;
    this.fresh = fresh;
    this.etcd = etcd;
    this.api = api;
    this.aws = aws;
  }

  /** {@return a runbook that journals to that file} */
  Runbook journalled(Path journal) {
    return recovery()
        .runbook("recovery of " + cluster.survivor().name())
        .journal(journal)
        .listener(LoggedProgress.create())
        .deadline(Duration.ofHours(1))
        .lockOn(survivor)
        .build();
  }

  private LostMastersRecovery<RestoreResult> recovery() {
    return LostMastersRecovery.restoring(restorer())
        .survivors(cluster.survivor())
        .lost(cluster.lost().toArray(Master[]::new))
        .masters(cluster.fresh())
        .api(found -> ControlPlane.on(api).build())
        .approval(this::approver)
        .dns(
            DnsUpdater.on(aws.route53()).zone(cluster.aws().zone()).asPort(),
            cluster.aws().names().toArray(String[]::new))
        .balancer(LoadBalancerUpdater.on(aws.loadBalancing()).targetGroup(cluster.aws().group()).asPort())
        .growth(
            found ->
                MemberExpander.on(etcd)
                    .add(cluster.fresh().name(), cluster.freshPeerUrl(), fresh)
                    .build())
        .build();
  }

  private QuorumRestorer restorer() {
    return QuorumRestorer.on(survivor)
        .etcd(etcd)
        .fromSnapshot(cluster.snapshot())
        .member(cluster.survivor().name(), cluster.peerUrl())
        .lost(cluster.lost().stream().map(Master::name).toArray(String[]::new))
        .method(SystemdEtcd.unit("etcd").restarting("kube-apiserver", "kube-controller-manager"))
        .build();
  }

  private CsrApprover approver(Recovered<RestoreResult> found) {
    return CsrApprover.on(api)
        .expectNode(cluster.fresh().name(), cluster.fresh().address())
        .createdAfter(found.restored().verifiedAt())
        .build();
  }
}
