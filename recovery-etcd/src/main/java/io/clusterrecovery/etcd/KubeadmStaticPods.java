package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * etcd run by the kubelet from {@code etcd.yaml}, beside API server, controller manager and
 * scheduler, as kubeadm sets it up. Immutable and thread-safe.
 *
 * <p>Where the manifests are, which flags etcd has, where its data is on the host and what the
 * tools can do is looked up on the host. As a {@link RestoreMethod} it does this there, so that
 * nothing is destroyed before its replacement is proven:
 *
 * <ol>
 *   <li>copies the tool given with {@link #tools}, if any, and the snapshot to {@code
 *       /var/lib/cluster-recovery/RUN}, digests compared;
 *   <li>restores it aside, with a fresh token and, where the tool can, with revisions raised a
 *       billion above any that was seen, and marked compacted, so that no watch goes on with an
 *       older cache; removes the tool again;
 *   <li>proves again that quorum is lost, and fences the other hosts that it was given;
 *   <li>moves the four manifests to {@code /var/lib/cluster-recovery/RUN/manifests}, so that not
 *       even a reboot starts them;
 *   <li>stops the kubelet and kills the containers of the four, until none of their processes is
 *       left; the kubelet would take until its next look at the manifests, and does not end pods at
 *       all if it has not reached an API server since it started;
 *   <li>moves the data directory's {@code member} aside, moves the restored one in;
 *   <li>writes {@code etcd.yaml} back, beside and by rename, starts the kubelet, and waits for a
 *       container of etcd with another id than before;
 *   <li>once etcd is verified, moves the other manifests back likewise, and waits for a container
 *       of each.
 * </ol>
 *
 * <p>From the survivor's own data, it does this instead of restoring and moving data:
 *
 * <ol>
 *   <li>refuses versions of etcd that are known to break data so, by the version of the program
 *       that runs on the host (<a href="https://github.com/etcd-io/etcd/issues/20339">#20339</a>,
 *       …);
 *   <li>proves again that quorum is lost, fences, moves the manifests aside and stops, as above;
 *   <li>copies the data directory's {@code member} aside;
 *   <li>writes {@code etcd.yaml} with {@code --force-new-cluster} at its end, starts the kubelet,
 *       and waits until a linearizable read succeeds and there is one member;
 *   <li>stops again, puts the manifest back as it was, byte by byte, starts the kubelet, and waits
 *       for a container of etcd with another id than the forced one.
 * </ol>
 */
public final class KubeadmStaticPods implements RestoreMethod {
  private final Optional<Path> tools;

  private KubeadmStaticPods(Optional<Path> tools) {
    this.tools = tools;
  }

  /** {@return etcd as the manifests on the host have it} */
  public static KubeadmStaticPods ofHost() {
    return new KubeadmStaticPods(Optional.empty());
  }

  /**
   * {@return this, bringing an {@code etcdutl} along for hosts without one}
   *
   * @param etcdutl the program on this machine, for the host's system; best of etcd's own version
   */
  public KubeadmStaticPods tools(Path etcdutl) {
    return new KubeadmStaticPods(Optional.of(Objects.requireNonNull(etcdutl, "etcdutl")));
  }

  @Override
  public Restoration prepare(Order order, RunContext run, Plan.Builder plan) {
    StaticPodFiles files = files(order.host(), run);
    if (isRefused(order.host(), files, order.memberName(), plan)) {
      return new RefusedRestoration();
    }
    return StaticPodRestore.prepare(order, files, tools, run, plan);
  }

  @Override
  public Restoration prepareOwnData(OwnDataOrder order, RunContext run, Plan.Builder plan) {
    StaticPodFiles files = files(order.host(), run);
    return isRefused(order.host(), files, order.memberName(), plan)
        ? new RefusedRestoration()
        : StaticPodOwnData.prepare(order, files, run, plan);
  }

  private static boolean isRefused(
      RemoteHost host, StaticPodFiles files, String memberName, Plan.Builder plan) {
    boolean kubelet = SystemdUnit.of(host, "kubelet").exists();
    List<Refusal> refusals = StaticPodRules.refusals(host.name(), files, kubelet, memberName);
    refusals.forEach(plan::refuse);
    return !refusals.isEmpty();
  }

  @Override
  public Optional<String> dataDirectory(RemoteHost host) {
    return StaticPodFiles.of(host, "/nonexistent").etcd().flatMap(StaticPodRules::dataDir);
  }

  /** All of them, and the kubelet too, are started anew whether revisions were raised or not. */
  @Override
  public Consumer<RunContext> prepareRestart(
      RemoteHost host, boolean revisionsRaised, RunContext run, Plan.Builder plan) {
    return new StaticPodReturn(host, files(host, run)).prepare(plan);
  }

  /**
   * Moves the manifests aside, stops the kubelet, kills the containers of the control plane, and
   * starts the kubelet again, which has other pods to care for. A host without these manifests has
   * nothing to stop.
   */
  @Override
  public Consumer<RunContext> prepareFence(RemoteHost other, RunContext run, Plan.Builder plan) {
    StaticPodFiles files = files(other, run);
    if (files.etcd().isEmpty()) {
      Consumer<RunContext> nothing = RestoreMethod.super.prepareFence(other, run, plan);
      if (files.manifests().isEmpty()) {
        return nothing;
      }
    }
    return new StaticPodFence(other, files).prepare(plan);
  }

  /** Moves the manifests back from where a fence has moved them; the kubelet starts them. */
  @Override
  public Consumer<RunContext> prepareUnfence(RemoteHost other, RunContext run, Plan.Builder plan) {
    return StaticPodFence.prepareLift(other, plan);
  }

  /**
   * Moves the manifests aside again, where they are not, and stops as for a restore; moves what was
   * restored, or forced, to a numbered folder, and the old data, or its copy, back; then moves the
   * manifests back, and starts the kubelet if it ran before. Nothing is awaited, since without
   * quorum neither etcd nor an API server gets ready.
   */
  @Override
  public Undo prepareUndo(RemoteHost host, RunId undone, RunContext run, Plan.Builder plan) {
    StaticPodFiles files = StaticPodFiles.of(host, RestoreRecord.folder(undone));
    return StaticPodUndo.prepare(host, undone, files, plan);
  }

  private static StaticPodFiles files(RemoteHost host, RunContext run) {
    return StaticPodFiles.of(host, RestoreRecord.folder(run.runId()));
  }

  @Override
  public String toString() {
    return "static pods of kubeadm";
  }
}
