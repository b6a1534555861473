package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * etcd run by systemd and configured by {@code ETCD_…} variables in environment files, as kubespray
 * and many hand-made clusters have it. Immutable and thread-safe.
 *
 * <p>As a {@link RestoreMethod} it works in this order, so that nothing is destroyed before its
 * replacement is proven:
 *
 * <ol>
 *   <li>copies the tool given with {@link #tools}, if any, and the snapshot to {@code
 *       /var/lib/cluster-recovery/RUN}, digests compared;
 *   <li>restores it aside, with a fresh token and, where the tool can, with revisions raised a
 *       billion above any that was seen, and marked compacted, so that no watch goes on with an
 *       older cache; removes the tool again;
 *   <li>proves again that quorum is lost, and fences the other hosts that it was given;
 *   <li>stops etcd, moves the data directory aside, moves the restored one in;
 *   <li>starts etcd; restarts the units named by {@link #restarting} once etcd is verified; where
 *       the tool cannot raise revisions, also those of {@code kube-apiserver}, {@code
 *       kube-controller-manager}, {@code kube-scheduler} and {@code kubelet} that run on the host.
 * </ol>
 */
public final class SystemdEtcd implements RestoreMethod, MemberStarter {
  private final String unit;
  private final List<String> restarting;
  private final Optional<Path> tools;

  private SystemdEtcd(String unit, List<String> restarting, Optional<Path> tools) {
    this.unit = unit;
    this.restarting = restarting;
    this.tools = tools;
  }

  /**
   * {@return etcd as that unit runs it}
   *
   * @param unit the unit's name, such as {@code etcd}
   */
  public static SystemdEtcd unit(String unit) {
    return new SystemdEtcd(UnitName.require(unit), List.of(), Optional.empty());
  }

  /**
   * {@return this, restarting these units after a restore} Name what holds a cache of etcd's
   * content: the API server first, then its controllers.
   */
  public SystemdEtcd restarting(String... units) {
    List<String> named = List.of(units).stream().map(UnitName::require).toList();
    return new SystemdEtcd(unit, named, tools);
  }

  /**
   * {@return this, bringing an {@code etcdutl} along for hosts without one} Whether it can raise
   * revisions is seen only on the host, so the plan counts it as one that cannot.
   *
   * @param etcdutl the program on this machine, for the host's system; best of etcd's own version
   */
  public SystemdEtcd tools(Path etcdutl) {
    return new SystemdEtcd(
        unit, restarting, Optional.of(Objects.requireNonNull(etcdutl, "etcdutl")));
  }

  @Override
  public Restoration prepare(Order order, RunContext run, Plan.Builder plan) {
    return SystemdRestore.prepare(unit, order, tools, run, plan);
  }

  @Override
  public Optional<String> dataDirectory(RemoteHost host) {
    return SystemdUnit.of(host, unit).variable("ETCD_DATA_DIR");
  }

  @Override
  public Consumer<RunContext> prepareRestart(
      RemoteHost host, boolean revisionsRaised, RunContext run, Plan.Builder plan) {
    List<String> units =
        revisionsRaised ? restarting : SystemdRestart.withWatchers(restarting, host);
    return new SystemdRestart(units, host).prepare(plan);
  }

  /**
   * Stops the units named by {@link #restarting} and then etcd's, and keeps each from starting by a
   * condition in a drop-in, which holds for units in {@code /etc} too, where {@code systemctl mask}
   * does not. A host without these units has nothing to stop.
   */
  @Override
  public Consumer<RunContext> prepareFence(RemoteHost other, RunContext run, Plan.Builder plan) {
    return new SystemdFence(fenced(), other, run.runId()).prepare(plan);
  }

  /** What uses etcd is stopped first. */
  private List<String> fenced() {
    return Stream.concat(restarting.stream(), Stream.of(unit)).toList();
  }

  @Override
  public Consumer<RunContext> prepareUnfence(RemoteHost other, RunContext run, Plan.Builder plan) {
    return SystemdFence.prepareLift(fenced(), other, plan);
  }

  @Override
  public Undo prepareUndo(RemoteHost host, RunId undone, RunContext run, Plan.Builder plan) {
    return SystemdUndo.prepare(
        unit, SystemdRestart.withWatchers(restarting, host), host, undone, plan);
  }

  @Override
  public Start prepareStart(JoiningMember member, RunContext run, Plan.Builder plan) {
    return SystemdJoin.prepare(unit, restarting, member, run, plan);
  }

  @Override
  public String toString() {
    return "systemd unit " + unit;
  }
}
