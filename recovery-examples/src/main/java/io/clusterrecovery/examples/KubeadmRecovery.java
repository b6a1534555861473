package io.clusterrecovery.examples;

import io.clusterrecovery.EventListener;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.StepRef;
import io.clusterrecovery.etcd.KubeadmStaticPods;
import io.clusterrecovery.etcd.RestoreMethod;
import io.clusterrecovery.etcd.RestoreResult;
import io.clusterrecovery.testkit.LabHost;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The whole recovery of a lab made by kubeadm. New masters join by kubeadm itself, one after the
 * other, which grows etcd too; the SDK does the rest.
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

  /** kubeadm goes on when what its host asks for is approved. */
  private void join(Runbook.Builder book, String name, StepRef<RestoreResult> restored) {
    KubeadmJoin join = new KubeadmJoin(drill.lab(), name, drill.survivor());
    book.step("start kubeadm join on " + name, join.starting());
    book.step(
        "approve certificate requests of " + name,
        Set.of(name),
        results -> operations.approver(List.of(drill.lab().host(name)), results.get(restored)));
    book.step("wait for kubeadm join on " + name, join.awaiting());
  }

  /** The hosts have no tools of etcd. */
  private RestoreMethod method() {
    return KubeadmStaticPods.ofHost().tools(drill.lab().bin().resolve("etcdutl"));
  }

  private URI peerUrl() {
    return URI.create("https://" + drill.survivor().address() + ":2380");
  }
}
