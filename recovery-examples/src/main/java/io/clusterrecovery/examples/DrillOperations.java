package io.clusterrecovery.examples;

import io.clusterrecovery.EventListener;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.aws.LoadBalancerUpdater;
import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.etcd.EtcdStore;
import io.clusterrecovery.etcd.QuorumRestorer;
import io.clusterrecovery.etcd.QuorumRestorerBuilder;
import io.clusterrecovery.etcd.RestoreMethod;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.k8s.ClusterCleaner;
import io.clusterrecovery.k8s.ControlPlane;
import io.clusterrecovery.k8s.CsrApprover;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import io.kubernetes.client.openapi.ApiClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The operations of the SDK that a drill needs whatever runs its control plane. */
final class DrillOperations implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(30);

  private final DrillLab drill;
  private final Lab lab;
  private final LabCloud cloud;
  private final ApiClient api;
  private final LabTools tools;
  private final Map<String, SshHost> ssh = new LinkedHashMap<>();

  DrillOperations(DrillLab drill) {
    this.drill = drill;
    this.lab = drill.lab();
    this.tools = new LabTools(lab);
    this.cloud = LabCloud.of(lab);
    this.api = LabApi.client(lab.kubeconfig(drill.survivor()));
  }

  ApiClient api() {
    return api;
  }

  LabCloud cloud() {
    return cloud;
  }

  Runbook.Builder book(Path journal, EventListener listener) {
    return Runbook.named("drill: two of three masters lost")
        .journal(journal)
        .listener(listener)
        .deadline(DEADLINE);
  }

  QuorumRestorer restorer(URI peerUrl, RestoreMethod method, DrillOptions.Source source) {
    QuorumRestorerBuilder restorer =
        QuorumRestorer.on(ssh(drill.survivor()))
            .etcd(etcd())
            .member(DrillLab.SURVIVOR, peerUrl)
            .lost(DrillLab.LOST.toArray(String[]::new))
            .safetySnapshotsIn(drill.snapshot().resolveSibling("safety"))
            .method(method);
    return switch (source) {
      case SNAPSHOT -> restorer.fromSnapshot(drill.snapshot()).namingLoss().build();
      case OWN_DATA -> restorer.fromOwnData().build();
    };
  }

  ControlPlane controllers(RestoreResult restored) {
    return ControlPlane.on(api).controllersAfter(restored.verifiedAt()).build();
  }

  NewHosts newHosts(Consumer<LabHost> booted) {
    return new NewHosts(
        lab, DrillLab.NEW, () -> new ForgedRequests(api).post(DrillLab.NEW.get(0)), booted);
  }

  CsrApprover approver(List<LabHost> hosts, RestoreResult restored) {
    CsrApprover.Builder approver =
        CsrApprover.on(api)
            .createdAfter(restored.verifiedAt())
            .lost(DrillLab.LOST.toArray(String[]::new));
    hosts.forEach(host -> approver.expectNode(host.name(), host.address(), host.name()));
    return approver.build();
  }

  ControlPlane nodes(List<LabHost> hosts, RestoreResult restored) {
    ControlPlane.Builder nodes =
        ControlPlane.on(api).node(DrillLab.SURVIVOR).heartbeatAfter(restored.verifiedAt());
    hosts.forEach(host -> nodes.node(host.name()));
    return nodes.build();
  }

  ClusterCleaner cleaner(RestoreResult restored) {
    ClusterCleaner.Builder cleaner =
        ClusterCleaner.on(api).restoredAt(restored.verifiedAt()).store(EtcdStore.of(etcd()));
    DrillLab.LOST.forEach(name -> cleaner.lost(name, lab.host(name).address()));
    return cleaner.build();
  }

  LoadBalancerUpdater targets(List<LabHost> hosts) {
    return LoadBalancerUpdater.on(cloud.balancing())
        .targetGroup(lab.internalTargetGroup())
        .targetGroup(lab.externalTargetGroup())
        .targets(drill.survivor().address(), hosts.get(0).address(), hosts.get(1).address())
        .leaving(
            DrillLab.LOST.stream().map(name -> lab.host(name).address()).toArray(String[]::new))
        .build();
  }

  EtcdCluster etcd() {
    return tools.etcd(drill.survivor());
  }

  SshHost ssh(LabHost host) {
    return ssh.computeIfAbsent(host.name(), name -> tools.ssh(host));
  }

  @Override
  public void close() {
    ssh.values().forEach(SshHost::close);
    cloud.close();
  }
}
