package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.RestoreMethod.Order;
import io.clusterrecovery.etcd.RestoreMethod.Restoration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A restore on a host where systemd runs etcd. */
final class SystemdRestore implements Restoration {

  private final String unit;
  private final Order order;
  private final SnapshotAside aside;
  private final RemoteHost host;
  private final RestorePaths paths;
  private final HostFacts facts;
  private final boolean serving;

  private SystemdRestore(
      SystemdUnit seen, Order order, RestorePaths paths, HostFacts facts, SnapshotAside aside) {
    this.unit = seen.name();
    this.serving = seen.activeState().equals("active");
    this.order = order;
    this.aside = aside;
    this.host = order.host();
    this.paths = paths;
    this.facts = facts;
  }

  static Restoration prepare(
      String unit, Order order, Optional<Path> tool, RunContext run, Plan.Builder plan) {
    RemoteHost host = order.host();
    SystemdUnit seen = SystemdUnit.of(host, unit);
    EtcdUnitRules.refusals(host.name(), seen, order.memberName()).forEach(plan::refuse);
    String dataDir = seen.variable("ETCD_DATA_DIR").orElse("/nonexistent");
    String runFolder = RestoreRecord.folder(run.runId());
    HostFacts facts = HostFacts.of(host, dataDir, Urls.host(order.peerUrl()), runFolder);
    EtcdUnitRules.nameRefusals(host.name(), facts, order.peerUrl()).forEach(plan::refuse);
    RestorePaths paths = RestorePaths.of(dataDir, runFolder, facts.runFolderOnSameDevice());
    SnapshotAside aside = new SnapshotAside(order, paths, facts, tool);
    aside.refusals().forEach(plan::refuse);
    SystemdRestore restore = new SystemdRestore(seen, order, paths, facts, aside);
    restore.describe(plan);
    return restore;
  }

  private void describe(Plan.Builder plan) {
    plan.fact("data directory", paths.dataDir() + ", owner " + facts.owner());
    aside.describe(plan);
    aside.planned(List.of(stopping()), starting()).forEach(plan::change);
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
  public boolean serving() {
    return serving;
  }

  @Override
  public void carryOut(RunContext run) {
    if (!inPlace()) {
      aside.restore(run);
      order.gate().pass(run);
      run.change(stopping(), () -> stop(run));
      aside.moveIn(run);
    }
    run.change(starting(), this::start);
  }

  private void stop(RunContext run) {
    HostFile.must(host, RestoreScripts.noteUnit(unit, paths.unitState()));
    SystemdStop.andAwait(unit, host, run);
  }

  private void start() {
    HostFile.must(host, SystemdUnit.start(unit));
  }

  @Override
  public List<String> logged(List<String> phrases) {
    return logged(host, unit, phrases);
  }

  static List<String> logged(RemoteHost host, String unit, List<String> phrases) {
    String lines = String.join("\n", phrases);
    Command script = Command.of("sh", "-c", RestoreScripts.LOGGED, "sh", unit, lines).asRoot();
    return HostFile.must(host, script).out().lines().toList();
  }

  @Override
  public String state() {
    return "%s; etcd is %s."
        .formatted(aside.whereDataIs(), SystemdUnit.of(host, unit).activeState());
  }

  private Change stopping() {
    return change("stop", "stop " + unit, "as it is", "stopped");
  }

  private Change starting() {
    return change("start", "start " + unit, "stopped", "a cluster of one");
  }

  private Change change(String id, String what, String from, String to) {
    return Change.of("restore/" + id + "@" + host.name(), what, host.name(), from, to);
  }
}
