package io.clusterrecovery.examples;

import io.clusterrecovery.EventListener;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.StepRef;
import io.clusterrecovery.aws.DnsUpdater;
import io.clusterrecovery.aws.DnsUpdaterBuilder;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.RestoreMethod;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.etcd.SystemdEtcd;
import io.clusterrecovery.examples.DrillOptions.Source;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The whole recovery of a lab under systemd, through the SDK's public API alone. */
final class DrillRecovery {
  private static final RestoreMethod METHOD =
      SystemdEtcd.unit("etcd").restarting("kube-apiserver", "kube-controller-manager");

  private final Lab lab;
  private final DrillOperations operations;
  private final Consumer<LabHost> booted;

  /**
   * Creates the recovery.
   *
   * @param booted is told each new host before anything else reaches it
   */
  DrillRecovery(Lab lab, DrillOperations operations, Consumer<LabHost> booted) {
    this.lab = lab;
    this.operations = operations;
    this.booted = booted;
  }

  /** Brings the control plane back; the report says how it ended. */
  Report run(Path journal, EventListener listener) {
    Runbook.Builder book = operations.book(journal, listener);
    StepRef<RestoreResult> restored =
        book.step(PlannedRestore.STEP, operations.restorer(peerUrl(0), METHOD, Source.SNAPSHOT));
    book.step(PlannedRestore.AGAIN, operations.restorer(peerUrl(0), METHOD, Source.SNAPSHOT));
    book.step("wait for the API", results -> operations.controllers(results.get(restored)));
    StepRef<List<LabHost>> hosts = book.step("boot new hosts", operations.newHosts(booted));
    book.step(
        "approve certificate requests",
        Set.copyOf(DrillLab.NEW),
        results -> operations.approver(results.get(hosts), results.get(restored)));
    book.step(
        "wait for the nodes",
        results -> operations.nodes(results.get(hosts), results.get(restored)));
    book.step("correct DNS", results -> dns(results.get(hosts)));
    book.step("correct the target groups", results -> operations.targets(results.get(hosts)));
    book.step("grow etcd", Set.copyOf(DrillLab.NEW), results -> expander(results.get(hosts)));
    book.step("clean the cluster", results -> operations.cleaner(results.get(restored)));
    return book.build().run();
  }

  private DnsUpdater dns(List<LabHost> hosts) {
    // The lab's resolver keeps no answers, so there is nothing to wait for after the change.
    DnsUpdaterBuilder dns =
        DnsUpdater.on(operations.cloud().route53()).zone(lab.zoneId()).oldTtlLimit(Duration.ZERO);
    for (int i = 0; i < hosts.size(); i++) {
      dns.record("etcd-" + (i + 1), hosts.get(i).address());
    }
    return dns.build();
  }

  private MemberExpander expander(List<LabHost> hosts) {
    MemberExpander.Builder expander = MemberExpander.on(operations.etcd());
    for (int i = 0; i < hosts.size(); i++) {
      expander.add(hosts.get(i).name(), peerUrl(i + 1), operations.ssh(hosts.get(i)));
    }
    return expander.build();
  }

  private URI peerUrl(int index) {
    return URI.create("https://etcd-%d.%s:2380".formatted(index, lab.zone()));
  }
}
