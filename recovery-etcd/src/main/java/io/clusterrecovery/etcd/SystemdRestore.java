package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.RestoreMethod.Order;
import io.clusterrecovery.etcd.RestoreMethod.Restoration;
import java.nio.file.Path;
import java.util.ArrayList;
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
  private final RestoreChanges changes;

  private SystemdRestore(
      SystemdUnit seen, Order order, RestorePaths paths, HostFacts facts, SnapshotAside aside) {
    this.unit = seen.name();
    this.serving = seen.activeState().equals("active");
    this.order = order;
    this.aside = aside;
    this.host = order.host();
    this.paths = paths;
    this.facts = facts;
    this.changes = new RestoreChanges(host.name(), unit, paths.shown());
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
    SnapshotAside aside = new SnapshotAside(order, paths, facts.tool(), tool);
    aside.refusals(facts).forEach(plan::refuse);
    SystemdRestore restore = new SystemdRestore(seen, order, paths, facts, aside);
    restore.describe(plan);
    return restore;
  }

  private void describe(Plan.Builder plan) {
    plan.fact("data directory", paths.dataDir() + ", owner " + facts.owner());
    aside.describe(plan);
    if (inPlace()) {
      plan.change(changes.start());
    } else {
      changes
          .planned(aside.planned(), facts.hasMember(), order.gate().changes())
          .forEach(plan::change);
    }
  }

  @Override
  public boolean inPlace() {
    return facts.hasMovedData() && facts.hasMember() && !facts.hasRestoredAside();
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
      aside.carryOut(run);
      order.gate().pass(run);
      run.change(changes.stop(), () -> stop(run));
      if (facts.hasMember()) {
        run.change(changes.moveAside(), () -> HostFile.must(host, RestoreScripts.moveAside(paths)));
      }
      run.change(changes.moveIn(), () -> script(RestoreScripts.MOVE_IN));
    }
    run.change(changes.start(), this::start);
  }

  private void stop(RunContext run) {
    HostFile.must(host, RestoreScripts.noteUnit(unit, paths.unitState()));
    SystemdStop.andAwait(unit, host, run);
  }

  private void start() {
    HostFile.must(host, SystemdUnit.start(unit));
  }

  private void script(String script) {
    HostFile.must(host, RestoreScripts.command(script, paths));
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
    HostFacts now = HostFacts.of(host, paths.dataDir(), "localhost", paths.runFolder());
    return "%s; etcd is %s."
        .formatted(now.whereDataIs(paths), SystemdUnit.of(host, unit).activeState());
  }

  /** The changes of a restore, by their stable ids; the same for every run. */
  private record RestoreChanges(String host, String unit, RestorePaths paths) {
    List<Change> planned(List<Change> aside, boolean hasData, List<Change> gate) {
      List<Change> all = new ArrayList<>(aside);
      all.addAll(gate);
      all.add(stop());
      if (hasData) {
        all.add(moveAside());
      }
      all.addAll(List.of(moveIn(), start()));
      return all;
    }

    Change stop() {
      return change("stop", "stop " + unit, "as it is", "stopped");
    }

    Change moveAside() {
      return change(
          "move-aside",
          "move the old data aside",
          paths.dataDir() + "/member",
          paths.oldData() + "-1");
    }

    Change moveIn() {
      return change(
          "move-in", "move the restored data in", paths.restored(), paths.dataDir() + "/member");
    }

    Change start() {
      return change("start", "start " + unit, "stopped", "a cluster of one");
    }

    private Change change(String id, String what, String from, String to) {
      return Change.of("restore/" + id + "@" + host, what, host, from, to);
    }
  }
}
