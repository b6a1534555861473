package io.clusterrecovery.examples;

import io.clusterrecovery.LostMastersRecovery;
import io.clusterrecovery.Master;
import io.clusterrecovery.Preflight;
import io.clusterrecovery.Recovered;
import io.clusterrecovery.RecoveryOrder;
import io.clusterrecovery.aws.DnsUpdater;
import io.clusterrecovery.aws.LoadBalancerUpdater;
import io.clusterrecovery.aws.LoadBalancerUpdaterBuilder;
import io.clusterrecovery.etcd.EtcdBackup;
import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.etcd.EtcdStore;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.QuorumRestorer;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.etcd.SystemdEtcd;
import io.clusterrecovery.k8s.ClusterCleaner;
import io.clusterrecovery.k8s.ControlPlane;
import io.clusterrecovery.k8s.CsrApprover;
import io.clusterrecovery.ssh.SshHost;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The whole recovery of masters that run etcd and the control plane under systemd, with AWS for
 * names and load balancer: the recipe, wired to the SDK's own operations. Closing it closes its
 * connections.
 */
final class SystemdMasters implements AutoCloseable {
  private final RecoverInputs inputs;
  private final ApiClient api;
  private final EtcdCluster etcd;
  private final LabCloud cloud;
  private final Map<Master, SshHost> hosts = new LinkedHashMap<>();

  SystemdMasters(RecoverInputs inputs) {
    this.inputs = inputs;
    this.api = LabApi.client(inputs.kubeconfig());
    this.cloud = LabCloud.of(inputs.aws());
    this.etcd =
        EtcdCluster.at(inputs.endpoint())
            .tls(inputs.etcd().get(0), inputs.etcd().get(1), inputs.etcd().get(2))
            .build();
  }

  LostMastersRecovery<RestoreResult> recipe() {
    LoadBalancerUpdaterBuilder balancer = LoadBalancerUpdater.on(cloud.balancing());
    inputs.targetGroups().forEach(balancer::targetGroup);
    // Resolvers of these hosts keep no answers, so there is nothing to wait for after the change.
    return LostMastersRecovery.restoring(restorer())
        .survivors(inputs.survivor())
        .lost(inputs.lost().toArray(Master[]::new))
        .masters(inputs.masters().toArray(Master[]::new))
        .order(RecoveryOrder.SIDE_BY_SIDE)
        .check(Preflight.of(all()).build())
        .api(found -> ControlPlane.on(api).controllersAfter(at(found)).build())
        .approval(this::approver)
        .nodes(this::nodes)
        .dns(
            DnsUpdater.on(cloud.route53())
                .zone(inputs.zoneId())
                .oldTtlLimit(Duration.ZERO)
                .asPort(),
            "etcd-0",
            "etcd-1",
            "etcd-2")
        .balancer(balancer.asPort())
        .growth(this::expander)
        .cleaning(this::cleaner)
        .backup(found -> EtcdBackup.of(etcd, inputs.backups()))
        .build();
  }

  private QuorumRestorer restorer() {
    return QuorumRestorer.on(host(inputs.survivor()))
        .etcd(etcd)
        .fromSnapshot(inputs.snapshot())
        .member(inputs.survivor().name(), inputs.peerUrl(0))
        .lost(lost())
        .safetySnapshotsIn(inputs.backups())
        .method(SystemdEtcd.unit("etcd").restarting("kube-apiserver", "kube-controller-manager"))
        .build();
  }

  private CsrApprover approver(Recovered<RestoreResult> found) {
    CsrApprover.Builder approver = CsrApprover.on(api).createdAfter(at(found)).lost(lost());
    found
        .masters()
        .forEach(m -> approver.expectNode(m.name(), List.of(m.address(), m.name()), host(m)));
    return approver.build();
  }

  private ControlPlane nodes(Recovered<RestoreResult> found) {
    ControlPlane.Builder nodes =
        ControlPlane.on(api).node(inputs.survivor().name()).heartbeatAfter(at(found));
    found.masters().forEach(master -> nodes.node(master.name()));
    return nodes.build();
  }

  private MemberExpander expander(Recovered<RestoreResult> found) {
    MemberExpander.Builder expander = MemberExpander.on(etcd);
    List<Master> masters = found.masters();
    for (int i = 0; i < masters.size(); i++) {
      Master master = masters.get(i);
      expander.add(master.name(), inputs.peerUrl(i + 1), host(master));
    }
    return expander.build();
  }

  private ClusterCleaner cleaner(Recovered<RestoreResult> found) {
    ClusterCleaner.Builder cleaner =
        ClusterCleaner.on(api).restoredAt(at(found)).store(EtcdStore.of(etcd));
    inputs.lost().forEach(master -> cleaner.lost(master.name(), master.address()));
    return cleaner.build();
  }

  private String[] lost() {
    return inputs.lost().stream().map(Master::name).toArray(String[]::new);
  }

  private List<SshHost> all() {
    return Stream.concat(Stream.of(inputs.survivor()), inputs.masters().stream())
        .map(this::host)
        .toList();
  }

  /** One session each, however many parts use it. */
  private SshHost host(Master master) {
    return hosts.computeIfAbsent(
        master,
        m ->
            SshHost.at(m.address())
                .user("core")
                .identity(inputs.sshKey())
                .knownHosts(inputs.knownHosts())
                .build());
  }

  private static Instant at(Recovered<RestoreResult> found) {
    return found.restored().verifiedAt();
  }

  @Override
  public void close() {
    hosts.values().forEach(SshHost::close);
    cloud.close();
  }
}
