package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.CommandResult;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import io.clusterrecovery.etcd.MemberStarter.Start;
import java.util.List;
import java.util.Optional;

/**
 * A new member on a host where systemd runs etcd.
 *
 * <p>What etcd must know only for its first start is given by a drop-in below {@code /run}, which
 * is gone once the member votes; the host's own configuration is not touched.
 */
final class SystemdJoin implements Start {
  /** Arguments: the join file, the drop-in. Where neither is there, nothing is done. */
  private static final String SETTLE =
      """
      [ -e "$1" ] || [ -e "$2" ] || exit 0
      rm -f -- "$1" "$2" || exit 1
      rmdir -- "$(dirname "$2")" 2>/dev/null
      exec systemctl daemon-reload
      """;

  /** Argument: the unit. Prints nothing as long as etcd may come up. */
  private static final String FAILURE =
      """
      restarts=$(systemctl show "$1" --property=NRestarts --value)
      state=$(systemctl show "$1" --property=ActiveState --value)
      [ "$state" = failed ] || [ "${restarts:-0}" -ge 5 ] || exit 0
      log=$(journalctl --unit="$1" --lines=50 --output=cat --no-pager \\
        | grep -Ev "^(${1%.service}.service: |(Start|Stop|Failed to start))")
      why=$(printf '%s\\n' "$log" | sed -n 's/.*"level":"fatal".*"error":"\\([^"]*\\)".*/\\1/p' \\
        | tail -n 1)
      [ -n "$why" ] || why=$(printf '%s\\n' "$log" | tail -n 1 | cut -c1-300)
      echo "unit $1 is $state after ${restarts:-0} restarts: $why"
      """;

  private final String unit;
  private final List<String> users;
  private final RemoteHost host;
  private final RestorePaths paths;

  private SystemdJoin(String unit, List<String> users, RemoteHost host, RestorePaths paths) {
    this.unit = unit;
    this.users = users;
    this.host = host;
    this.paths = paths;
  }

  /**
   * Looks at the host.
   *
   * @param users the units that use etcd; where a restore has fenced them, they are let go once the
   *     member votes
   */
  static Start prepare(
      String unit, List<String> users, JoiningMember member, RunContext run, Plan.Builder plan) {
    RemoteHost host = member.host();
    SystemdUnit seen = SystemdUnit.of(host, unit);
    EtcdUnitRules.refusals(host.name(), seen, member.name()).forEach(plan::refuse);
    EtcdUnitRules.joinRefusals(host.name(), seen).forEach(plan::refuse);
    String dataDir = seen.variable("ETCD_DATA_DIR").orElse("/nonexistent");
    String runFolder = RestoreRecord.folder(run.runId());
    HostFacts facts = HostFacts.of(host, dataDir, Urls.host(member.peerUrl()), runFolder);
    EtcdUnitRules.nameRefusals(host.name(), facts, member.peerUrl()).forEach(plan::refuse);
    RestorePaths paths = RestorePaths.of(dataDir, runFolder, facts.runFolderOnSameDevice());
    SystemdJoin join = new SystemdJoin(unit, users, host, paths);
    if (mustBeFresh(member.stage(), seen, join)) {
      freshRefusals(member, seen, facts).forEach(plan::refuse);
    }
    if (host.read(UnitFence.dropIn(unit)).isPresent()) {
      plan.note("A restore has kept etcd from starting on " + host.name() + "; that is lifted.");
    }
    return join;
  }

  /** An unstarted member's data is its own only where an interrupted run has begun to start it. */
  private static boolean mustBeFresh(Stage stage, SystemdUnit unit, SystemdJoin join) {
    return switch (stage) {
      case NEW -> true;
      case UNSTARTED -> !unit.running() && join.host.read(join.dropIn()).isEmpty();
      case LEARNER, VOTER -> false;
    };
  }

  private static List<Refusal> freshRefusals(
      JoiningMember member, SystemdUnit unit, HostFacts facts) {
    if (!unit.running() && !facts.hasMember()) {
      return List.of();
    }
    String found =
        "%s was to become a new member, but its etcd is %s and it holds %s."
            .formatted(
                member.host().name(),
                unit.activeState(),
                facts.hasMember() ? "etcd data already" : "no etcd data");
    return List.of(
        new Refusal(
            Code.MEMBER_ALREADY_THERE,
            found,
            "If that data is stale, stop etcd there and move its data directory aside."));
  }

  @Override
  public void start(List<String> initialCluster) {
    String variables =
        "ETCD_INITIAL_CLUSTER=%s\nETCD_INITIAL_CLUSTER_STATE=existing\n"
            .formatted(String.join(",", initialCluster));
    HostFile.write(host, joinFile(), Secret.of(variables));
    HostFile.write(
        host, dropIn(), Secret.of("[Service]\nEnvironmentFile=%s\n".formatted(joinFile())));
    UnitFence.lift(host, unit);
    systemctl("daemon-reload");
    HostFile.must(host, SystemdUnit.start(unit));
  }

  @Override
  public Optional<String> failure() {
    CommandResult result = host.run(Command.of("sh", "-c", FAILURE, "sh", unit).asRoot());
    return Optional.of(result.text()).filter(text -> !text.isEmpty());
  }

  @Override
  public void settled() {
    forget();
    users.forEach(user -> UnitFence.liftAndStart(host, user));
  }

  private void forget() {
    HostFile.must(host, Command.of("sh", "-c", SETTLE, "sh", joinFile(), dropIn()).asRoot());
  }

  @Override
  public void undo() {
    systemctl("stop", unit);
    HostFile.must(host, RestoreScripts.moveLearnerAside(paths));
    forget();
  }

  private void systemctl(String... arguments) {
    HostFile.must(host, Command.of("systemctl", arguments).asRoot());
  }

  private String joinFile() {
    return dropInFolder() + "/90-cluster-recovery.env";
  }

  private String dropIn() {
    return dropInFolder() + "/90-cluster-recovery.conf";
  }

  private String dropInFolder() {
    String service = unit.endsWith(".service") ? unit : unit + ".service";
    return "/run/systemd/system/" + service + ".d";
  }
}
