package io.clusterrecovery.examples;

import io.clusterrecovery.EventListener;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.Secret;
import io.clusterrecovery.StepRef;
import io.clusterrecovery.etcd.KubeadmJoin;
import io.clusterrecovery.etcd.KubeadmStaticPods;
import io.clusterrecovery.etcd.MemberExpander;
import io.clusterrecovery.etcd.RestoreMethod;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The whole recovery of a lab made by kubeadm. New masters join by kubeadm, one after the other,
 * each as a member that etcd is grown by.
 */
final class KubeadmRecovery {
  private final DrillLab drill;
  private final DrillOperations operations;
  private final DrillOptions.Source source;

  KubeadmRecovery(DrillLab drill, DrillOperations operations, DrillOptions.Source source) {
    this.drill = drill;
    this.operations = operations;
    this.source = source;
  }

  /** Brings the control plane back; the report says how it ended. */
  Report run(Path journal, EventListener listener, Consumer<LabHost> booted) {
    Runbook.Builder book = operations.book(journal, listener);
    StepRef<RestoreResult> restored =
        book.step(PlannedRestore.STEP, operations.restorer(peerUrl(), method(), source));
    book.step(PlannedRestore.AGAIN, operations.restorer(peerUrl(), method(), source));
    book.step("wait for the API", results -> operations.controllers(results.get(restored)));
    book.step("delete lost nodes", new LostNodes(operations.api(), DrillLab.LOST));
    StepRef<List<LabHost>> hosts = book.step("boot new hosts", operations.newHosts(booted));
    DrillLab.NEW.forEach(name -> join(book, name, restored));
    book.step(
        "wait for the nodes",
        results -> operations.nodes(results.get(hosts), results.get(restored)));
    book.step("correct the target groups", results -> operations.targets(results.get(hosts)));
    book.step("clean the cluster", results -> operations.cleaner(results.get(restored)));
    return book.build().run();
  }

  /** kubeadm joins etcd first, and goes on when what its host asks for is approved. */
  private void join(Runbook.Builder book, String name, StepRef<RestoreResult> restored) {
    book.step("grow etcd by " + name, Set.of(name), results -> expander(name));
    book.step(
        "approve certificate requests of " + name,
        Set.of(name),
        results -> operations.approver(List.of(host(name)), results.get(restored)));
    book.step(
        "wait for kubeadm join on " + name,
        Set.of(name),
        results -> KubeadmJoin.ended(name, operations.ssh(host(name))));
  }

  private MemberExpander expander(String name) {
    return MemberExpander.on(operations.etcd())
        .add(name, peerUrl(host(name)), operations.ssh(host(name)))
        .starter(KubeadmJoin.configuredBy(member -> configuration(member.name())))
        .build();
  }

  /** Token and certificate key are made anew for each try. */
  private Secret configuration(String name) {
    return Secret.of(drill.lab().joinConfiguration(host(name), drill.survivor()));
  }

  private LabHost host(String name) {
    return drill.lab().host(name);
  }

  /** The hosts have no tools of etcd. */
  private RestoreMethod method() {
    return KubeadmStaticPods.ofHost().tools(drill.lab().bin().resolve("etcdutl"));
  }

  private URI peerUrl() {
    return peerUrl(drill.survivor());
  }

  private static URI peerUrl(LabHost host) {
    return URI.create("https://" + host.address() + ":2380");
  }
}
