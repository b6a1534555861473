package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import java.util.List;
import java.util.function.Consumer;

/** Stops units of a host that must not run beside a restored cluster, and keeps them stopped. */
final class SystemdFence {
  /**
   * Arguments: unit, drop-in, record. The record says how the unit was, for whoever lets it start
   * again; the drop-in's condition holds until the record is gone.
   */
  private static final String FENCE =
      """
      set -eu
      umask 077
      mkdir -p "$(dirname "$3")"
      [ -e "$3" ] || systemctl show "$1" --property=ActiveState > "$3"
      sync "$3"
      umask 022
      mkdir -p "$(dirname "$2")"
      printf '# Kept from starting beside a restored etcd.\n[Unit]\nConditionPathExists=!%s\n' \
        "$3" > "$2.part"
      sync "$2.part"
      mv -T "$2.part" "$2"
      systemctl daemon-reload
      systemctl kill --signal=SIGKILL "$1" 2>/dev/null || true
      systemctl stop --no-block "$1"
      """;

  private final List<String> units;
  private final RemoteHost host;
  private final RunId run;

  SystemdFence(List<String> units, RemoteHost host, RunId run) {
    this.units = units;
    this.host = host;
    this.run = run;
  }

  Consumer<RunContext> prepare(Plan.Builder plan) {
    List<String> open = units.stream().filter(this::mayRun).toList();
    open.forEach(unit -> plan.change(change(unit)));
    return acting -> open.forEach(unit -> acting.change(change(unit), () -> fence(unit, acting)));
  }

  /** Lets fenced units of a host go again, etcd first. */
  static Consumer<RunContext> prepareLift(List<String> units, RemoteHost host, Plan.Builder plan) {
    List<String> fenced =
        units.stream().filter(unit -> host.read(UnitFence.dropIn(unit)).isPresent()).toList();
    List<Change> changes = fenced.stream().map(unit -> lifting(unit, host)).toList();
    changes.forEach(plan::change);
    return acting -> {
      for (int i = fenced.size() - 1; i >= 0; i--) {
        String unit = fenced.get(i);
        acting.change(changes.get(i), () -> UnitFence.liftAndStart(host, unit));
      }
    };
  }

  private static Change lifting(String unit, RemoteHost host) {
    return Change.of(
        "unfence/" + unit + "@" + host.name(),
        "let " + unit + " start again",
        host.name(),
        "kept from starting",
        "as it was before");
  }

  private boolean mayRun(String unit) {
    SystemdUnit seen = SystemdUnit.of(host, unit);
    return seen.exists() && (seen.running() || host.read(UnitFence.dropIn(unit)).isEmpty());
  }

  private Change change(String unit) {
    return Change.of(
        "fence/" + unit + "@" + host.name(),
        "stop " + unit + " and keep it from starting",
        host.name(),
        "may run",
        "stopped, also after a reboot");
  }

  /**
   * It is killed, as it would be by a power cut, which etcd is made for: asked to end, etcd without
   * quorum takes seconds and an API server a minute.
   */
  private void fence(String unit, RunContext acting) {
    String record = UnitFence.record(run, unit);
    HostFile.must(
        host, Command.of("sh", "-c", FENCE, "sh", unit, UnitFence.dropIn(unit), record).asRoot());
    SystemdStop.await(unit, host, acting);
  }
}
