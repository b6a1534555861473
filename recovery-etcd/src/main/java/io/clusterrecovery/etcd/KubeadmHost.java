package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Command;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.etcd.MemberStarter.JoiningMember;
import io.clusterrecovery.etcd.MemberStarter.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a host can join by kubeadm: what was seen there, and pure functions of it.
 *
 * @param joining the member that it is to become
 * @param data the etcd data that it holds
 * @param hasKubeadm whether kubeadm is there
 * @param hasJoined whether kubeadm has joined it to a cluster, or has begun to
 * @param runsEtcd whether an etcd runs there
 * @param hasJob whether the SDK has started a join there for that member
 */
record KubeadmHost(
    JoiningMember joining,
    HostData data,
    boolean hasKubeadm,
    boolean hasJoined,
    boolean runsEtcd,
    boolean hasJob) {

  private static final String LOOK =
      """
      command -v kubeadm >/dev/null && echo kubeadm
      for made in kubelet.conf bootstrap-kubelet.conf manifests/etcd.yaml; do
        [ ! -e "/etc/kubernetes/$made" ] || echo joined
      done
      for process in /proc/[0-9]*; do
        program=$(readlink "$process/exe" 2>/dev/null) || continue
        [ "${program##*/}" != etcd ] || echo etcd
      done
      true
      """;

  static KubeadmHost of(JoiningMember joining, String dataDirectory) {
    RemoteHost host = joining.host();
    List<String> seen =
        HostFile.must(host, Command.of("sh", "-c", LOOK).asRoot()).out().lines().toList();
    return new KubeadmHost(
        joining,
        HostData.on(host, dataDirectory),
        seen.contains("kubeadm"),
        seen.contains("joined"),
        seen.contains("etcd"),
        new KubeadmJob(host, joining.name()).exists());
  }

  /** Whether a join is still to be started, or what was begun to be gone on with. */
  boolean starts() {
    return joining.stage() == Stage.NEW || joining.stage() == Stage.UNSTARTED;
  }

  /** Why it must not join. */
  List<Refusal> refusals() {
    List<Refusal> refusals = new ArrayList<>();
    if (!starts() || goesOn()) {
      return refusals;
    }
    if (!hasKubeadm) {
      refusals.add(
          new Refusal(
              Code.TOOL_MISSING,
              "%s has no kubeadm.".formatted(name()),
              "Install kubeadm, kubelet and a container runtime there."));
    }
    if (verdict() instanceof HostDataRules.Verdict.Refused refused) {
      refusals.add(refused.why());
    }
    if (hasJoined && !hasJob) {
      refusals.add(
          new Refusal(
              Code.MEMBER_ALREADY_THERE,
              "%s was to become the new member %s, but kubeadm has joined it to a cluster already."
                  .formatted(name(), joining.name()),
              "Make sure that it is the right host; if what it holds is old, move etcd's data aside and run 'kubeadm reset' there."));
    }
    return refusals;
  }

  /** What has to go before the member is added; a member that is listed goes on with its own. */
  Optional<String> leftover() {
    if (!starts() || goesOn()) {
      return Optional.empty();
    }
    return verdict() instanceof HostDataRules.Verdict.Old old
        ? Optional.of(old.whose())
        : Optional.of("what an earlier kubeadm join has left").filter(left -> hasJob);
  }

  /** An interrupted run has begun to start it. */
  private boolean goesOn() {
    return joining.stage() == Stage.UNSTARTED && hasJob;
  }

  /** An etcd that this program has started itself may run still, if it could not be ended. */
  private HostDataRules.Verdict verdict() {
    return new HostDataRules(joining, data, runsEtcd && !hasJob).verdict();
  }

  private String name() {
    return joining.host().name();
  }
}
