package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Start;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** A new member on a host that joins the control plane by kubeadm. */
final class KubeadmStart implements Start {
  private final JoiningMember member;
  private final Function<JoiningMember, Secret> configuration;
  private final KubeadmJob job;
  private final RestorePaths paths;
  private final RunContext run;
  private final Optional<String> leftover;

  private KubeadmStart(
      JoiningMember member,
      Function<JoiningMember, Secret> configuration,
      RestorePaths paths,
      RunContext run,
      Optional<String> leftover) {
    this.member = member;
    this.configuration = configuration;
    this.job = new KubeadmJob(member.host(), member.name());
    this.paths = paths;
    this.run = run;
    this.leftover = leftover;
  }

  static Start prepare(
      JoiningMember member,
      Function<JoiningMember, Secret> configuration,
      String dataDirectory,
      RunContext run,
      Plan.Builder plan) {
    RemoteHost host = member.host();
    String folder = RestoreRecord.folder(run.runId());
    HostFacts facts = HostFacts.of(host, dataDirectory, Urls.host(member.peerUrl()), folder);
    EtcdUnitRules.nameRefusals(host.name(), facts, member.peerUrl()).forEach(plan::refuse);
    RestorePaths paths = RestorePaths.of(dataDirectory, folder, facts.runFolderOnSameDevice());
    KubeadmHost seen = KubeadmHost.of(member, dataDirectory);
    seen.refusals().forEach(plan::refuse);
    if (seen.starts()) {
      plan.note(
          "kubeadm finds member %s by its peer URL, so it adds none; it promotes it as soon as etcd lets it, whatever other voters do then."
              .formatted(member.name()));
    }
    return new KubeadmStart(member, configuration, paths, run, seen.leftover());
  }

  @Override
  public Optional<Change> clearing() {
    return leftover.map(
        what ->
            Change.of(
                "grow/old-data/" + host().name(),
                "move old etcd data aside, and reset what kubeadm has left",
                host().name(),
                what,
                "none"));
  }

  @Override
  public void clear() {
    undo();
  }

  /** What was started before is gone on with. */
  @Override
  public void start(List<String> initialCluster) {
    if (job.exists()) {
      return;
    }
    Secret text = configuration.apply(member);
    Optional<Refusal> against = JoinConfigurationRules.against(text, member);
    ExpansionAct.requireNone(against.stream().toList(), run);
    job.start(text);
  }

  @Override
  public Optional<String> failure() {
    return job.result()
        .filter(result -> !result.succeeded())
        .map(result -> "kubeadm join ended with " + result.summary());
  }

  /** As long as it runs: its own promotion fails for good when another comes between its tries. */
  @Override
  public boolean promotes() {
    try {
      return job.result().isEmpty();
    } catch (RecoveryException e) {
      return true;
    }
  }

  @Override
  public OptionalLong received() {
    return HostData.received(host(), paths.dataDir());
  }

  /** In this order, no container can come back while its data is moved. */
  @Override
  public void undo() {
    job.stop();
    new StaticPodHost(host(), StaticPodFiles.of(host(), paths.runFolder())).stop(run);
    HostFile.must(host(), RestoreScripts.moveLearnerAside(paths));
    job.reset();
  }

  private RemoteHost host() {
    return member.host();
  }

  /** As the report names it. */
  @Override
  public String toString() {
    return "kubeadm join on " + host().name();
  }
}
