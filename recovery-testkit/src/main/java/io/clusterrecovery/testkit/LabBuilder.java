package io.clusterrecovery.testkit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Says what a lab shall consist of, and starts it.
 *
 * <p>By default there are no hosts, no etcd and no Kubernetes, nothing is kept, and nobody listens.
 * Not safe for use by several threads.
 */
public final class LabBuilder {
  /** The etcd version that goes with the lab's Kubernetes: {@value}. */
  public static final String ETCD_VERSION = "3.6.16";

  private List<String> hosts = List.of();
  private Optional<String> etcd = Optional.empty();
  private boolean etcdRunning = true;
  private ControlPlane controlPlane = ControlPlane.NONE;
  private Optional<Boolean> aws = Optional.empty();
  private boolean keep;
  private Consumer<String> listener = line -> {};

  LabBuilder() {}

  /**
   * Names the hosts it starts with; with etcd, they found a cluster, the first as {@code etcd-0}.
   *
   * @param names host names: lower-case letters, digits and hyphens
   * @return this builder
   */
  public LabBuilder hosts(String... names) {
    hosts = List.of(names);
    return this;
  }

  /**
   * Puts etcd on every host, as a systemd unit; with {@link #kubeadm}, as a static pod.
   *
   * @param version a version {@code bin/lab-install} has made, such as {@value #ETCD_VERSION}
   * @return this builder
   */
  public LabBuilder etcd(String version) {
    etcd = Optional.of(version);
    return this;
  }

  /**
   * Says whether the first hosts' etcd is running when the lab is up, and after each boot.
   *
   * @param wanted true by default
   * @return this builder
   */
  public LabBuilder etcdRunning(boolean wanted) {
    etcdRunning = wanted;
    return this;
  }

  /**
   * Puts a Kubernetes control plane and kubelet on every host, with etcd {@value #ETCD_VERSION}
   * unless another version is set, and brings the simulated AWS up beside them.
   *
   * @param wanted false by default
   * @return this builder
   */
  public LabBuilder kubernetes(boolean wanted) {
    controlPlane = wanted ? ControlPlane.SYSTEMD : ControlPlane.NONE;
    return this;
  }

  /**
   * Makes the first host a control plane by {@code kubeadm init}, and the others join it by {@code
   * kubeadm join --control-plane}, with etcd {@value #ETCD_VERSION} unless another version is set.
   * etcd, API server, controller manager and scheduler are static pods; no host has etcd's tools in
   * its path. The simulated AWS comes up beside them unless it is not wanted.
   *
   * @param wanted false by default; takes the place of {@link #kubernetes}
   * @return this builder
   */
  public LabBuilder kubeadm(boolean wanted) {
    controlPlane = wanted ? ControlPlane.KUBEADM : ControlPlane.NONE;
    return this;
  }

  /**
   * Says whether the lab has a simulated AWS: the zone its resolver serves, and the target groups
   * its balancer follows.
   *
   * @param wanted by default it has one if it has Kubernetes
   * @return this builder
   */
  public LabBuilder aws(boolean wanted) {
    aws = Optional.of(wanted);
    return this;
  }

  /**
   * Keeps the lab when it is closed and when the JVM ends; {@link Lab#stop(String)} takes it down.
   *
   * @param wanted false by default
   * @return this builder
   */
  public LabBuilder keep(boolean wanted) {
    keep = wanted;
    return this;
  }

  /**
   * Hears what happens while the lab comes up, a line each.
   *
   * @param heard called by several threads
   * @return this builder
   */
  public LabBuilder listener(Consumer<String> heard) {
    listener = Objects.requireNonNull(heard, "heard");
    return this;
  }

  /**
   * Brings the lab up: every host takes SSH connections, etcd has a leader, every node is Ready.
   *
   * @return the running lab
   * @throws IllegalStateException if this JVM has no network namespace of its own, is not root, or
   *     a part is not installed; nothing was made then
   * @throws LabException if something did not come up in time; all that was made is removed, unless
   *     the lab was to be kept
   */
  public Lab start() {
    boolean kubernetes = controlPlane != ControlPlane.NONE;
    Optional<String> version = etcd.or(() -> kubernetes ? Optional.of(ETCD_VERSION) : etcd);
    return LabStart.start(
        new LabPlan(
            hosts, version, etcdRunning, controlPlane, aws.orElse(kubernetes), keep, listener));
  }
}
