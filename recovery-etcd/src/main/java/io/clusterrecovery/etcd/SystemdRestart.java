package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import java.util.List;
import java.util.function.Consumer;

/** Restarts units of a host, one after the other. */
final class SystemdRestart {
  private final List<String> units;
  private final RemoteHost host;

  SystemdRestart(List<String> units, RemoteHost host) {
    this.units = units;
    this.host = host;
  }

  Consumer<RunContext> prepare(Plan.Builder plan) {
    for (String unit : units) {
      if (!SystemdUnit.of(host, unit).exists()) {
        plan.refuse(
            Code.ETCD_CONFIG_UNSUPPORTED,
            "%s has no unit '%s' to restart.".formatted(host.name(), unit),
            "Name the units of this host with restarting(…).");
      }
      plan.change(change(unit));
    }
    return run -> units.forEach(unit -> run.change(change(unit), () -> restart(unit)));
  }

  private Change change(String unit) {
    return Change.of(
            "restart/" + unit + "@" + host.name(),
            "restart " + unit,
            host.name(),
            "knows the content before the restore",
            "reads it anew")
        .withoutUndo();
  }

  /**
   * Ends it at once: an API server that is asked to end waits a minute for requests which nobody
   * can answer any more, and it keeps no state that could be lost. A unit that does not run cannot
   * be killed, which is as good.
   */
  private void restart(String unit) {
    host.run(Command.of("systemctl", "kill", "--signal=SIGKILL", unit).asRoot());
    HostFile.must(host, Command.of("systemctl", "restart", "--no-block", unit).asRoot());
  }
}
