package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import io.clusterrecovery.etcd.RestoreMethod.Undo;
import java.util.ArrayList;
import java.util.List;

/** Puts back what a restore has moved on a host where systemd runs etcd. */
final class SystemdUndo {
  private final String unit;
  private final List<String> users;
  private final RemoteHost host;
  private final DataUndo data;
  private final boolean starts;

  /**
   * @param stopped whether the unit is stopped now
   */
  private SystemdUndo(
      String unit, List<String> users, RemoteHost host, DataUndo data, boolean stopped) {
    this.unit = unit;
    this.users = users;
    this.host = host;
    this.data = data;
    this.starts = data.isRestored() || (stopped && data.ranBefore());
  }

  static Undo prepare(
      String unit, List<String> users, RemoteHost host, RunId undone, Plan.Builder plan) {
    SystemdUnit seen = SystemdUnit.of(host, unit);
    String dataDir = seen.variable("ETCD_DATA_DIR").orElse("/nonexistent");
    DataUndo data = DataUndo.of(host, dataDir, undone);
    data.refuseIfMixedUp(plan);
    SystemdUndo undo = new SystemdUndo(unit, users, host, data, !seen.running());
    undo.planned().forEach(plan::change);
    return new Undo(
        data.stage(),
        acting -> {
          RestoreCommand.end(host, undone);
          undo.carryOut(acting);
        });
  }

  private List<Change> planned() {
    List<Change> all = new ArrayList<>();
    if (data.isRestored()) {
      all.add(stop());
    }
    all.addAll(data.planned());
    if (starts) {
      all.add(start());
      users.forEach(user -> all.add(restart(user)));
    }
    return all;
  }

  private void carryOut(RunContext run) {
    if (data.isRestored()) {
      run.change(stop(), () -> SystemdStop.andAwait(unit, host, run));
    }
    data.carryOut(run);
    if (starts) {
      run.change(start(), () -> HostFile.must(host, SystemdUnit.start(unit)));
      users.forEach(user -> run.change(restart(user), () -> restartAtOnce(user)));
    }
    data.dropAside();
  }

  /**
   * Whoever read the restored content must not go on with it. It is not awaited: without quorum an
   * API server does not get ready.
   */
  private void restartAtOnce(String user) {
    host.run(Command.of("systemctl", "kill", "--signal=SIGKILL", user).asRoot());
    HostFile.must(host, Command.of("systemctl", "restart", "--no-block", user).asRoot());
  }

  private Change stop() {
    return data.change("stop", "stop " + unit, "a cluster of one", "stopped");
  }

  private Change start() {
    return data.change("start", "start " + unit, "stopped", "as it was before the restore");
  }

  private Change restart(String user) {
    return data.change(
            "restart-" + user, "restart " + user, "knows the restored content", "reads anew")
        .withoutUndo();
  }
}
