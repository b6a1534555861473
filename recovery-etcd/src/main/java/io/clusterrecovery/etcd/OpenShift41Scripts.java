package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.ClusterProxy;
import io.clusterrecovery.ClusterProxySource;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Restores etcd by {@code /usr/local/bin/etcd-snapshot-restore.sh}, as the documentation of
 * OpenShift 4.1 has it (section 3.2). Immutable and thread-safe.
 *
 * <p>The script looks at little, and at most of it when the old data is removed already; so this
 * looks first, in this order:
 *
 * <ol>
 *   <li>refuses where what the script calls is not there, its name in DNS does not lead, on the
 *       host, to the address that the host takes for its own, or there is no room below {@code
 *       /home/core};
 *   <li>finds the proxy: as given, else as the cluster says, else as the kubelet has it; masters
 *       and etcd's names are excepted from it;
 *   <li>puts manifests back that an earlier half run of the script has, and moves that run's folder
 *       {@code /home/core/assets} to {@code /var/lib/cluster-recovery/RUN}: the script would start
 *       whatever lies in it, and would not copy data twice;
 *   <li>copies the snapshot to {@code /var/lib/cluster-recovery/RUN}, digests compared;
 *   <li>proves again that quorum is lost;
 *   <li>runs the script, detached, in {@code /home/core}, with the member's name and URL as the
 *       host has them, and tells its output line by line; <b>all containers of the host stop</b>,
 *       also those of workloads. Should the kubelet not end etcd's pod within a minute, as one that
 *       has not reached an API since it started does not, stops the kubelet and ends the pod;
 *   <li>compares the set of manifests with the one of before, the kubelet's state, and where etcd's
 *       tool tells it, up to which revision the snapshot was compacted;
 *   <li>moves the script's copy of the old data and the rest of its folder to {@code
 *       /var/lib/cluster-recovery/RUN}.
 * </ol>
 *
 * <p>At its limit it stops waiting, and the script goes on: run it again to follow it on, or roll
 * back, which ends the script first.
 */
public final class OpenShift41Scripts implements RestoreMethod {
  /** How long the script may take by default, in minutes: {@value}. */
  public static final int DEFAULT_LIMIT_MINUTES = 15;

  static final String RESTORE = "/usr/local/bin/etcd-snapshot-restore.sh";

  private final Optional<ClusterProxy> proxy;
  private final Optional<ClusterProxySource> source;
  private final Duration limit;

  private OpenShift41Scripts(
      Optional<ClusterProxy> proxy, Optional<ClusterProxySource> source, Duration limit) {
    this.proxy = proxy;
    this.source = source;
    this.limit = limit;
  }

  static OpenShift41Scripts usual() {
    return new OpenShift41Scripts(
        Optional.empty(), Optional.empty(), Duration.ofMinutes(DEFAULT_LIMIT_MINUTES));
  }

  /**
   * {@return this, going through that proxy} Nobody is asked then; masters and etcd's names are
   * added to its exceptions.
   *
   * @throws IllegalStateException if one was given already
   */
  public OpenShift41Scripts proxy(ClusterProxy proxy) {
    return new OpenShift41Scripts(
        Optional.of(SetOnce.value("proxy", this.proxy.orElse(null), proxy)), source, limit);
  }

  /**
   * {@return this, asking the cluster for its proxy} Where the cluster cannot be asked, as without
   * quorum, or names none, the kubelet's unit on the host counts, as it does by default.
   *
   * @throws IllegalStateException if one was given already
   */
  public OpenShift41Scripts proxyFrom(ClusterProxySource source) {
    requireNonNull(source, "source");
    return new OpenShift41Scripts(
        proxy, Optional.of(SetOnce.value("proxyFrom", this.source.orElse(null), source)), limit);
  }

  /**
   * {@return this, waiting that long for the script}
   *
   * @param limit more than zero; {@value #DEFAULT_LIMIT_MINUTES} minutes by default
   */
  public OpenShift41Scripts scriptLimit(Duration limit) {
    return new OpenShift41Scripts(proxy, source, Limits.positive("scriptLimit", limit));
  }

  @Override
  public Restoration prepare(Order order, RunContext run, Plan.Builder plan) {
    return OpenShift41Restore.prepare(
        order,
        facts -> OpenShift41Proxy.find(proxy, source, order.host(), OpenShift41Proxy.direct(facts)),
        limit,
        run,
        plan);
  }

  /** Where the script has removed the data and failed, its copy of it is what there is. */
  @Override
  public Optional<String> dataDirectory(RemoteHost host) {
    return Optional.of(OpenShift41HostScripts.whereDataIs(host));
  }

  /** The script has started everything anew. */
  @Override
  public Consumer<RunContext> prepareRestart(
      RemoteHost host, boolean revisionsRaised, RunContext run, Plan.Builder plan) {
    return nothing -> {};
  }

  /**
   * Ends the script if it runs; stops the kubelet and all containers; moves what was restored to a
   * numbered folder, and the script's copy of the old data back; puts the manifests back, and
   * starts the kubelet if it ran before. Nothing is awaited, since without quorum neither etcd nor
   * an API server gets ready.
   */
  @Override
  public Undo prepareUndo(RemoteHost host, RunId undone, RunContext run, Plan.Builder plan) {
    return OpenShift41Undo.prepare(host, undone, plan);
  }

  @Override
  public String toString() {
    return "scripts of OpenShift 4.1";
  }
}
