package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
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
import java.util.OptionalLong;

/**
 * A new member on a host where systemd runs etcd.
 *
 * <p>What etcd must know only for its first start is given by a drop-in below {@code /run}, which
 * is gone once the member votes; the host's own configuration is not touched.
 */
final class SystemdJoin implements Start {
  /** Arguments: the join file, the drop-in. The variables come by standard input. */
  private static final String CONFIGURE =
      """
      umask 077
      mkdir -p -- "$(dirname "$2")" && cat > "$1.part" && sync "$1.part" \
        && mv -T "$1.part" "$1" || exit 1
      printf '[Service]\\nEnvironmentFile=%s\\n' "$1" > "$2" || exit 1
      exec systemctl daemon-reload
      """;

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
  private final String oldData;
  private final boolean fenced;

  private SystemdJoin(
      String unit,
      List<String> users,
      RemoteHost host,
      RestorePaths paths,
      String oldData,
      boolean fenced) {
    this.unit = unit;
    this.users = users;
    this.host = host;
    this.paths = paths;
    this.oldData = oldData;
    this.fenced = fenced;
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
    certificate(seen, member).ifPresent(plan::refuse);
    RestorePaths paths = RestorePaths.of(dataDir, runFolder, facts.runFolderOnSameDevice());
    boolean fenced = host.read(UnitFence.dropIn(unit)).isPresent();
    String oldData = oldData(member, seen, plan);
    SystemdJoin join = new SystemdJoin(unit, users, host, paths, oldData, fenced);
    if (fenced) {
      plan.note("A restore has kept etcd from starting on " + host.name() + "; that is lifted.");
    }
    return join;
  }

  /** What etcd would show at its peer URL; what cannot be read there is for etcd to tell. */
  private static Optional<Refusal> certificate(SystemdUnit unit, JoiningMember member) {
    return unit.variable("ETCD_PEER_CERT_FILE")
        .flatMap(file -> member.host().read(file))
        .flatMap(PeerCertificate::parse)
        .flatMap(
            certificate ->
                PeerCertificateRules.against(
                    certificate, member.peerUrl(), "the new member " + member.name()));
  }

  /** Whose old data has to go before the member is added; empty if there is none. */
  private static String oldData(JoiningMember member, SystemdUnit unit, Plan.Builder plan) {
    if (member.stage() == Stage.LEARNER || member.stage() == Stage.VOTER) {
      return "";
    }
    String dataDir = unit.variable("ETCD_DATA_DIR").orElse("/nonexistent");
    HostData data = HostData.on(member.host(), dataDir);
    boolean begun = member.stage() == Stage.UNSTARTED && hasBegun(member.host(), unit);
    if (begun && !(data instanceof HostData.Of)) {
      return "";
    }
    boolean running = unit.running() && member.stage() == Stage.NEW;
    HostDataRules.Verdict verdict = new HostDataRules(member, data, running).verdict();
    if (verdict instanceof HostDataRules.Verdict.Refused refused) {
      plan.refuse(refused.why());
    }
    return verdict instanceof HostDataRules.Verdict.Old old ? old.whose() : "";
  }

  /** Whether an interrupted run has begun to start it: then its first data may just be coming. */
  private static boolean hasBegun(RemoteHost host, SystemdUnit unit) {
    return unit.running() || host.read(dropIn(unit.name())).isPresent();
  }

  @Override
  public Optional<Change> clearing() {
    return oldData.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Change.of(
                "grow/old-data/" + host.name(),
                "move old etcd data aside",
                host.name(),
                oldData,
                "none"));
  }

  @Override
  public void clear() {
    systemctl("stop", unit);
    HostFile.must(host, RestoreScripts.moveLearnerAside(paths));
  }

  @Override
  public void start(List<String> initialCluster) {
    String variables =
        "ETCD_INITIAL_CLUSTER=%s\nETCD_INITIAL_CLUSTER_STATE=existing\n"
            .formatted(String.join(",", initialCluster));
    HostFile.must(
        host,
        Command.of("sh", "-c", CONFIGURE, "sh", joinFile(unit), dropIn(unit))
            .asRoot()
            .stdin(Secret.of(variables)));
    if (fenced) {
      UnitFence.lift(host, unit);
    }
    HostFile.must(host, SystemdUnit.start(unit));
  }

  @Override
  public Optional<String> failure() {
    CommandResult result =
        host.run(Command.of("sh", "-c", FAILURE, "sh", unit).asRoot().limit(HostData.LOOK_LIMIT));
    return Optional.of(result.text()).filter(text -> !text.isEmpty());
  }

  @Override
  public OptionalLong received() {
    return HostData.received(host, paths.dataDir());
  }

  @Override
  public void settled() {
    forget();
    users.forEach(user -> UnitFence.liftAndStart(host, user));
  }

  private void forget() {
    HostFile.must(
        host, Command.of("sh", "-c", SETTLE, "sh", joinFile(unit), dropIn(unit)).asRoot());
  }

  @Override
  public void undo() {
    clear();
    forget();
  }

  private void systemctl(String... arguments) {
    HostFile.must(host, Command.of("systemctl", arguments).asRoot());
  }

  private static String joinFile(String unit) {
    return dropInFolder(unit) + "/90-cluster-recovery.env";
  }

  private static String dropIn(String unit) {
    return dropInFolder(unit) + "/90-cluster-recovery.conf";
  }

  private static String dropInFolder(String unit) {
    String service = unit.endsWith(".service") ? unit : unit + ".service";
    return "/run/systemd/system/" + service + ".d";
  }
}
