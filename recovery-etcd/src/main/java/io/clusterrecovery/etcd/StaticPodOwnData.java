package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.etcd.RestoreMethod.OwnDataOrder;
import io.clusterrecovery.etcd.RestoreMethod.Restoration;
import java.time.Duration;
import java.util.List;

/** Makes a survivor whose etcd the kubelet runs a cluster of one, by its own data. */
final class StaticPodOwnData implements Restoration {
  private static final Duration FORCE_LIMIT = Duration.ofMinutes(10);
  private static final Duration COPY_LIMIT = Duration.ofMinutes(15);
  private static final Duration PACE = Duration.ofMillis(300);
  private static final String FLAG = "--force-new-cluster";

  private final OwnDataOrder order;
  private final RemoteHost host;
  private final RestorePaths paths;
  private final HostFacts facts;
  private final StaticPodFiles files;
  private final PodManifest etcd;
  private final StaticPodHost pods;
  private final StaticPodChanges changes;

  private StaticPodOwnData(
      OwnDataOrder order, RestorePaths paths, HostFacts facts, StaticPodFiles files) {
    this.order = order;
    this.host = order.host();
    this.paths = paths;
    this.facts = facts;
    this.files = files;
    this.etcd = files.etcd().orElseThrow();
    this.pods = new StaticPodHost(host, files);
    this.changes = new StaticPodChanges(host.name(), paths.shown(), files.folder());
  }

  static Restoration prepare(
      OwnDataOrder order, StaticPodFiles files, RunContext run, Plan.Builder plan) {
    RemoteHost host = order.host();
    PodManifest etcd = files.etcd().orElseThrow();
    String dataDir = StaticPodRules.dataDir(etcd).orElseThrow();
    String runFolder = RestoreRecord.folder(run.runId());
    HostFacts facts = HostFacts.of(host, dataDir, Urls.host(order.peerUrl()), runFolder);
    RestorePaths paths = RestorePaths.of(dataDir, runFolder, facts.runFolderOnSameDevice());
    StaticPodOwnData restore = new StaticPodOwnData(order, paths, facts, files);
    EtcdUnitRules.nameRefusals(host.name(), facts, order.peerUrl()).forEach(plan::refuse);
    RestoreRoom.ownDataRefusals(host.name(), facts).forEach(plan::refuse);
    if (!restore.inPlace()) {
      ForceNewCluster.judge(host.name(), StaticPodVersion.of(host, etcd), order.learners(), plan);
    }
    restore.describe(plan);
    return restore;
  }

  private void describe(Plan.Builder plan) {
    plan.fact("data directory", paths.dataDir() + ", owner " + facts.owner());
    plan.fact("image of etcd", etcd.image());
    plan.note(
        "Revisions cannot be raised in own data, so watchers may have seen newer ones: restart API"
            + " servers, controllers and kubelets on all other hosts; on this one it is done.");
    if (!inPlace()) {
      order.gate().changes().forEach(plan::change);
      plan.change(changes.manifestsAside()).change(changes.stop()).change(changes.copyAside());
    }
    List.of(changes.force(), changes.start()).forEach(plan::change);
  }

  /** From the copy on, nothing but this run's own etcd can have started on the data. */
  @Override
  public boolean inPlace() {
    return facts.hasMovedData() && facts.hasMember();
  }

  @Override
  public List<String> logged(List<String> phrases) {
    return pods.logged(etcd, phrases);
  }

  @Override
  public boolean serving() {
    return false;
  }

  @Override
  public void carryOut(RunContext run) {
    if (!inPlace()) {
      order.gate().pass(run);
      run.change(changes.manifestsAside(), pods::moveAside);
      run.change(changes.stop(), () -> pods.stop(paths.unitState(), run));
      run.change(changes.copyAside(), this::copyAside);
    }
    run.change(changes.force(), () -> force(run));
    run.change(changes.start(), () -> start(run));
  }

  @Override
  public String state() {
    HostFacts now = HostFacts.of(host, paths.dataDir(), "localhost", paths.runFolder());
    String data =
        now.hasMovedData()
            ? "The data is in place, a copy from before is in " + paths.oldData() + "-1"
            : "The data is in place, untouched";
    return "%s; %s.".formatted(data, pods.state());
  }

  private void copyAside() {
    HostFile.must(
        host,
        Command.of("sh", "-c", RestoreScripts.COPY_ASIDE, "sh", paths.dataDir(), paths.oldData())
            .asRoot()
            .limit(COPY_LIMIT));
  }

  /** As long as the original manifest is aside, etcd was not started without the flag. */
  private void force(RunContext run) {
    if (!isAside()) {
      return;
    }
    pods.place(StaticPodFiles.ETCD, etcd.with(FLAG));
    pods.startKubelet();
    run.await(
        Wait.named("a cluster of one on " + host.name(), FORCE_LIMIT).every(PACE), this::alone);
    run.once("forced-container", () -> pods.container(etcd));
  }

  private Poll<Boolean> alone() {
    try (EtcdClient client = order.etcd().connect(order.etcd().endpoints().get(0))) {
      client.linearizableRead();
      int members = client.members().size();
      return members == 1 ? Poll.done(true) : Poll.notYet("it has " + members + " members");
    } catch (EtcdCallException e) {
      return e.kind() == EtcdCallException.Kind.ACCESS_DENIED
          ? Poll.never(Code.ETCD_ACCESS_DENIED, e.getMessage() + ".", "Check the certificates.")
          : Poll.notYet(String.valueOf(e.getMessage()));
    }
  }

  private void start(RunContext run) {
    if (isAside()) {
      pods.stop(run);
      pods.moveBack(List.of(StaticPodFiles.ETCD));
    }
    pods.startKubelet();
    pods.awaitNew(etcd, run.remembered("forced-container").orElse(""), run);
  }

  private boolean isAside() {
    return host.read(files.aside() + "/" + StaticPodFiles.ETCD).isPresent();
  }
}
