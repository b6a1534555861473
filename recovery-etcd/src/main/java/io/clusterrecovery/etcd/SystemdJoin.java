package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import io.clusterrecovery.etcd.MemberStarter.Start;
import java.util.List;

/**
 * A new member on a host where systemd runs etcd.
 *
 * <p>What etcd must know only for its first start is given by a drop-in below {@code /run}, which
 * is gone once the member votes; the host's own configuration is not touched.
 */
final class SystemdJoin implements Start {
  private final String unit;
  private final JoiningMember member;
  private final RemoteHost host;
  private final String runFolder;
  private final String dataDir;

  private SystemdJoin(String unit, JoiningMember member, String runFolder, String dataDir) {
    this.unit = unit;
    this.member = member;
    this.host = member.host();
    this.runFolder = runFolder;
    this.dataDir = dataDir;
  }

  static Start prepare(String unit, JoiningMember member, RunContext run, Plan.Builder plan) {
    RemoteHost host = member.host();
    SystemdUnit seen = SystemdUnit.of(host, unit);
    EtcdUnitRules.refusals(host.name(), seen, member.name()).forEach(plan::refuse);
    String dataDir = seen.variable("ETCD_DATA_DIR").orElse("/nonexistent");
    String runFolder = RestoreRecord.folder(run.runId());
    HostFacts facts = HostFacts.of(host, dataDir, Urls.host(member.peerUrl()), runFolder);
    EtcdUnitRules.nameRefusals(host.name(), facts, member.peerUrl()).forEach(plan::refuse);
    if (member.stage() == Stage.NEW) {
      freshRefusals(member, seen, facts).forEach(plan::refuse);
    }
    return new SystemdJoin(unit, member, runFolder, dataDir);
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
    systemctl("daemon-reload");
    systemctl("reset-failed", unit);
    systemctl("start", "--no-block", unit);
  }

  @Override
  public void settled() {
    String script = "rm -f -- \"$1\" \"$2\" && rmdir -- \"$(dirname \"$2\")\" 2>/dev/null; true";
    HostFile.must(host, Command.of("sh", "-c", script, "sh", joinFile(), dropIn()).asRoot());
    systemctl("daemon-reload");
  }

  @Override
  public void undo() {
    systemctl("stop", unit);
    String aside = runFolder + "/etcd-learner";
    HostFile.must(
        host,
        Command.of("sh", "-c", RestoreScripts.MOVE_LEARNER_ASIDE, "sh", dataDir, aside).asRoot());
    settled();
  }

  private void systemctl(String... arguments) {
    HostFile.must(host, Command.of("systemctl", arguments).asRoot());
  }

  private String joinFile() {
    return runFolder + "/etcd-join-" + member.name() + ".env";
  }

  private String dropIn() {
    String service = unit.endsWith(".service") ? unit : unit + ".service";
    return "/run/systemd/system/" + service + ".d/90-cluster-recovery.conf";
  }
}
