package io.clusterrecovery.examples;

import io.clusterrecovery.DnsRecords;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.LostMastersRecovery;
import io.clusterrecovery.LostMastersRecoveryBuilder;
import io.clusterrecovery.Master;
import io.clusterrecovery.Preflight;
import io.clusterrecovery.Recovered;
import io.clusterrecovery.RecoveryPart;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.TargetPool;
import io.clusterrecovery.aws.DnsUpdater;
import io.clusterrecovery.aws.LoadBalancerUpdater;
import io.clusterrecovery.etcd.EtcdBackup;
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
import io.kubernetes.client.openapi.ApiClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The operations of the SDK that a drill needs whatever runs its control plane. */
final class DrillOperations implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(30);

  private final DrillSite site;
  private final LabCloud cloud;
  private final ApiClient api;
  private final Map<String, SshHost> ssh = new LinkedHashMap<>();

  DrillOperations(DrillSite site) {
    this.site = site;
    this.cloud = LabCloud.of(site.facts().aws());
    this.api = LabApi.client(site.facts().kubeconfig());
  }

  DrillSite site() {
    return site;
  }

  ApiClient api() {
    return api;
  }

  /** {@return the runbook of a recovery} */
  Runbook book(LostMastersRecovery<?> recipe, Path journal, EventListener listener) {
    return recipe
        .runbook("drill: two of three masters lost")
        .journal(journal)
        .journalCopyOn(ssh(site.survivor()))
        .listener(listener)
        .deadline(DEADLINE)
        .build();
  }

  /**
   * {@return what every platform's recovery has} The restore is asked for once more, to see that it
   * has nothing to do then.
   */
  LostMastersRecoveryBuilder<RestoreResult> recipe(QuorumRestorer restorer) {
    return LostMastersRecovery.restoring(restorer)
        .survivors(site.survivor())
        .lost(DrillLab.LOST.stream().map(site::host).toArray(Master[]::new))
        .check(Preflight.of(ssh(site.survivor())).build())
        .after(RecoveryPart.RESTORE, PlannedRestore.AGAIN, found -> restorer)
        .api(found -> ControlPlane.on(api).controllersAfter(verifiedAt(found)).build())
        .masters(site, DrillLab.NEW.toArray(String[]::new))
        .approval(this::approver)
        .nodes(this::nodes)
        .balancer(targets())
        .cleaning(this::cleaner)
        .backup(found -> EtcdBackup.of(etcd(), backups()));
  }

  /**
   * {@return the restore}
   *
   * @param platform says what etcd on a host is called
   * @param peerUrl the survivor's
   */
  QuorumRestorer restorer(
      DrillOptions.Platform platform,
      URI peerUrl,
      RestoreMethod method,
      DrillOptions.Source source) {
    QuorumRestorerBuilder restorer =
        QuorumRestorer.on(ssh(site.survivor()))
            .etcd(etcd())
            .member(platform.memberName(DrillLab.SURVIVOR), peerUrl)
            .lost(DrillLab.LOST.stream().map(platform::memberName).toArray(String[]::new))
            .safetySnapshotsIn(backups())
            .method(method);
    return switch (source) {
      case SNAPSHOT -> restorer.fromSnapshot(site.facts().snapshot()).namingLoss().build();
      case OWN_DATA -> restorer.fromOwnData().build();
    };
  }

  private Path backups() {
    return site.facts().snapshot().resolveSibling("safety");
  }

  private CsrApprover approver(Recovered<RestoreResult> found) {
    CsrApprover.Builder approver =
        CsrApprover.on(api)
            .createdAfter(verifiedAt(found))
            .lost(DrillLab.LOST.toArray(String[]::new));
    found.masters().forEach(m -> approver.expectNode(m.name(), m.address(), m.name()));
    return approver.build();
  }

  private ControlPlane nodes(Recovered<RestoreResult> found) {
    ControlPlane.Builder nodes =
        ControlPlane.on(api).node(DrillLab.SURVIVOR).heartbeatAfter(verifiedAt(found));
    found.masters().forEach(master -> nodes.node(master.name()));
    return nodes.build();
  }

  private ClusterCleaner cleaner(Recovered<RestoreResult> found) {
    ClusterCleaner.Builder cleaner =
        ClusterCleaner.on(api).restoredAt(verifiedAt(found)).store(EtcdStore.of(etcd()));
    DrillLab.LOST.forEach(name -> cleaner.lost(name, site.host(name).address()));
    return cleaner.build();
  }

  /** The lab's resolver keeps no answers, so there is nothing to wait for after the change. */
  DnsRecords dns() {
    return DnsUpdater.on(cloud.route53())
        .zone(site.facts().zoneId())
        .oldTtlLimit(Duration.ZERO)
        .asPort();
  }

  /** {@return the peer URL by a name that outlives the host} */
  URI peerUrl(int index) {
    return URI.create("https://etcd-%d.%s:2380".formatted(index, site.facts().zone()));
  }

  private TargetPool targets() {
    return LoadBalancerUpdater.on(cloud.balancing())
        .targetGroup(site.facts().internalTargetGroup())
        .targetGroup(site.facts().externalTargetGroup())
        .asPort();
  }

  private static Instant verifiedAt(Recovered<RestoreResult> found) {
    return found.restored().verifiedAt();
  }

  EtcdCluster etcd() {
    return site.etcd();
  }

  SshHost ssh(Master master) {
    return ssh.computeIfAbsent(master.name(), name -> site.ssh(master));
  }

  @Override
  public void close() {
    ssh.values().forEach(SshHost::close);
    cloud.close();
  }
}
