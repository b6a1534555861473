package io.clusterrecovery.examples;

import io.clusterrecovery.EventListener;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.StepRef;
import io.clusterrecovery.aws.DnsUpdater;
import io.clusterrecovery.aws.DnsUpdaterBuilder;
import io.clusterrecovery.aws.LoadBalancerUpdater;
import io.clusterrecovery.etcd.EtcdCluster;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.QuorumRestorer;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.etcd.SystemdEtcd;
import io.clusterrecovery.k8s.CsrApprover;
import io.clusterrecovery.k8s.ReadinessVerifier;
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
import java.util.Set;
import java.util.function.Consumer;

/** The whole recovery of the lab, through the SDK's public API alone. */
final class DrillRecovery implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(30);

  private final DrillLab drill;
  private final Lab lab;
  private final LabCloud cloud;
  private final ApiClient api;
  private final Consumer<LabHost> booted;
  private final Map<String, SshHost> ssh = new LinkedHashMap<>();

  /**
   * Creates the recovery.
   *
   * @param booted is told each new host before anything else reaches it
   */
  DrillRecovery(DrillLab drill, Consumer<LabHost> booted) {
    this.booted = booted;
    this.drill = drill;
    this.lab = drill.lab();
    this.cloud = LabCloud.of(lab);
    this.api = LabApi.client(lab.kubeconfig(drill.survivor()));
  }

  /** Brings the control plane back; the report says how it ended. */
  Report run(Path journal, EventListener listener) {
    Runbook.Builder book =
        Runbook.named("drill: two of three masters lost")
            .journal(journal)
            .listener(listener)
            .deadline(DEADLINE);
    StepRef<RestoreResult> restored = book.step("restore quorum", restorer());
    book.step(
        "wait for the API",
        results ->
            ReadinessVerifier.on(api).controllersAfter(results.get(restored).verifiedAt()).build());
    StepRef<List<LabHost>> hosts = book.step("boot new hosts", newHosts());
    book.step(
        "approve certificate requests",
        Set.copyOf(DrillLab.NEW),
        results -> approver(results.get(hosts), results.get(restored)));
    book.step("wait for the nodes", results -> nodes(results.get(hosts), results.get(restored)));
    book.step("correct DNS", results -> dns(results.get(hosts)));
    book.step("correct the target groups", results -> targets(results.get(hosts)));
    book.step("grow etcd", Set.copyOf(DrillLab.NEW), results -> expander(results.get(hosts)));
    return book.build().run();
  }

  private QuorumRestorer restorer() {
    return QuorumRestorer.on(ssh(drill.survivor()))
        .etcd(etcd())
        .fromSnapshot(drill.snapshot())
        .member(DrillLab.SURVIVOR, peerUrl(0))
        .lost(DrillLab.LOST.toArray(String[]::new))
        .method(SystemdEtcd.unit("etcd").restarting("kube-apiserver", "kube-controller-manager"))
        .build();
  }

  private NewHosts newHosts() {
    return new NewHosts(
        lab, DrillLab.NEW, () -> new ForgedRequests(api).post(DrillLab.NEW.get(0)), booted);
  }

  private CsrApprover approver(List<LabHost> hosts, RestoreResult restored) {
    CsrApprover.Builder approver =
        CsrApprover.on(api)
            .createdAfter(restored.verifiedAt())
            .lost(DrillLab.LOST.toArray(String[]::new));
    hosts.forEach(host -> approver.expectNode(host.name(), host.address(), host.name()));
    return approver.build();
  }

  private ReadinessVerifier nodes(List<LabHost> hosts, RestoreResult restored) {
    ReadinessVerifier.Builder verifier =
        ReadinessVerifier.on(api).node(DrillLab.SURVIVOR).heartbeatAfter(restored.verifiedAt());
    hosts.forEach(host -> verifier.node(host.name()));
    return verifier.build();
  }

  private DnsUpdater dns(List<LabHost> hosts) {
    // The lab's resolver keeps no answers, so there is nothing to wait for after the change.
    DnsUpdaterBuilder dns =
        DnsUpdater.on(cloud.route53()).zone(lab.zoneId()).oldTtlLimit(Duration.ZERO);
    for (int i = 0; i < hosts.size(); i++) {
      dns.record("etcd-" + (i + 1), hosts.get(i).address());
    }
    return dns.build();
  }

  private LoadBalancerUpdater targets(List<LabHost> hosts) {
    return LoadBalancerUpdater.on(cloud.balancing())
        .targetGroup(lab.internalTargetGroup())
        .targetGroup(lab.externalTargetGroup())
        .targets(drill.survivor().address(), hosts.get(0).address(), hosts.get(1).address())
        .leaving(
            DrillLab.LOST.stream().map(name -> lab.host(name).address()).toArray(String[]::new))
        .build();
  }

  private MemberExpander expander(List<LabHost> hosts) {
    MemberExpander.Builder expander = MemberExpander.on(etcd());
    for (int i = 0; i < hosts.size(); i++) {
      expander.add(hosts.get(i).name(), peerUrl(i + 1), ssh(hosts.get(i)));
    }
    return expander.build();
  }

  private EtcdCluster etcd() {
    return EtcdCluster.at(lab.etcd().endpoint(drill.survivor()))
        .tls(lab.etcd().ca(), lab.etcd().cert(), lab.etcd().key())
        .build();
  }

  private URI peerUrl(int index) {
    return URI.create("https://etcd-%d.%s:2380".formatted(index, lab.zone()));
  }

  private SshHost ssh(LabHost host) {
    return ssh.computeIfAbsent(
        host.name(),
        name ->
            SshHost.at(host.address())
                .user("core")
                .identity(lab.sshKey())
                .knownHosts(lab.knownHosts())
                .build());
  }

  @Override
  public void close() {
    ssh.values().forEach(SshHost::close);
    cloud.close();
  }
}
