package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.RestoreMethod.Order;
import io.clusterrecovery.etcd.RestoreMethod.Restoration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A restore from a snapshot on a host where the kubelet runs etcd. */
final class StaticPodRestore implements Restoration {
  private final Order order;
  private final RestorePaths paths;
  private final HostFacts facts;
  private final PodManifest etcd;
  private final StaticPodHost pods;
  private final SnapshotAside aside;
  private final StaticPodChanges changes;

  private StaticPodRestore(
      Order order,
      RestorePaths paths,
      HostFacts facts,
      PodManifest etcd,
      StaticPodFiles files,
      SnapshotAside aside) {
    this.order = order;
    this.paths = paths;
    this.facts = facts;
    this.etcd = etcd;
    this.pods = new StaticPodHost(order.host(), files);
    this.aside = aside;
    this.changes = new StaticPodChanges(order.host().name(), paths.shown(), files.folder());
  }

  /** What is refused here is not looked at any further. */
  static Restoration prepare(
      Order order, StaticPodFiles files, Optional<Path> tool, RunContext run, Plan.Builder plan) {
    RemoteHost host = order.host();
    PodManifest etcd = files.etcd().orElseThrow();
    String dataDir = StaticPodRules.dataDir(etcd).orElseThrow();
    String runFolder = RestoreRecord.folder(run.runId());
    HostFacts facts = HostFacts.of(host, dataDir, Urls.host(order.peerUrl()), runFolder);
    EtcdUnitRules.nameRefusals(host.name(), facts, order.peerUrl()).forEach(plan::refuse);
    RestorePaths paths = RestorePaths.of(dataDir, runFolder, facts.runFolderOnSameDevice());
    SnapshotAside aside = new SnapshotAside(order, paths, facts, tool);
    aside.refusals().forEach(plan::refuse);
    StaticPodRestore restore = new StaticPodRestore(order, paths, facts, etcd, files, aside);
    restore.describe(plan);
    return restore;
  }

  private void describe(Plan.Builder plan) {
    plan.fact("data directory", paths.dataDir() + ", owner " + facts.owner());
    plan.fact("image of etcd", etcd.image());
    aside.describe(plan);
    aside
        .planned(List.of(changes.manifestsAside(), changes.stop()), changes.start())
        .forEach(plan::change);
  }

  @Override
  public boolean inPlace() {
    return aside.inPlace();
  }

  @Override
  public boolean raisesRevisions() {
    return aside.raisesRevisions();
  }

  @Override
  public List<String> logged(List<String> phrases) {
    return pods.logged(etcd, phrases);
  }

  /** A container runs without quorum as well as with it, so its running says nothing. */
  @Override
  public boolean serving() {
    return false;
  }

  @Override
  public void carryOut(RunContext run) {
    String before = run.once("container-of-etcd", () -> pods.container(etcd));
    if (!inPlace()) {
      aside.restore(run);
      order.gate().pass(run);
      run.change(changes.manifestsAside(), pods::moveAside);
      run.change(changes.stop(), () -> pods.stop(paths.unitState(), run));
      aside.moveIn(run);
    }
    run.change(changes.start(), () -> start(before, run));
  }

  @Override
  public String state() {
    return "%s; %s.".formatted(aside.whereDataIs(), pods.state());
  }

  private void start(String before, RunContext run) {
    pods.moveBack(List.of(StaticPodFiles.ETCD));
    pods.startKubelet();
    pods.awaitNew(etcd, before, run);
  }
}
