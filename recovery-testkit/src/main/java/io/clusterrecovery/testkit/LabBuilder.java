package io.clusterrecovery.testkit;

import java.nio.file.Path;
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

  /** The etcd version nearest to OpenShift 4.1's 3.3: {@value}. */
  public static final String ETCD_OF_OPENSHIFT41 = "3.4.23";

  private List<String> hosts = List.of();
  private Optional<String> etcd = Optional.empty();
  private boolean etcdRunning = true;
  private ControlPlane controlPlane = ControlPlane.NONE;
  private Optional<Path> scripts = Optional.empty();
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
   * Makes the hosts masters as OpenShift 4.1 has them, with etcd {@value #ETCD_OF_OPENSHIFT41}, the
   * nearest to its own that can be had, unless another version is set: etcd finds its cluster by
   * SRV records, and runs with API server, controller manager and scheduler as static pods; {@code
   * crictl}, {@code oc} and the recovery scripts are stand-ins. Kubernetes is the lab's own. The
   * simulated AWS comes up beside them unless it is not wanted.
   *
   * @param wanted false by default; takes the place of {@link #kubernetes}
   * @return this builder
   */
  public LabBuilder openShift41(boolean wanted) {
    controlPlane = wanted ? ControlPlane.OPENSHIFT41 : ControlPlane.NONE;
    return this;
  }

  /**
   * Puts a real release's recovery scripts in the place of the stand-ins of {@link #openShift41}.
   *
   * @param folder its {@code bin} is put over {@code /usr/local/bin} of each host, its {@code
   *     share} over {@code /usr/local/share}
   * @return this builder
   */
  public LabBuilder scripts(Path folder) {
    scripts = Optional.of(folder);
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

  /** The host it begins with, if it is one. */
  Optional<String> onlyHost() {
    return hosts.size() == 1 ? Optional.of(hosts.get(0)) : Optional.empty();
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
    return LabStart.start(
        new LabPlan(
            hosts,
            kubernetes ? Optional.of(etcd.orElse(usualEtcd())) : etcd,
            etcdRunning,
            controlPlane,
            scripts,
            aws.orElse(kubernetes),
            keep,
            listener));
  }

  private String usualEtcd() {
    return controlPlane == ControlPlane.OPENSHIFT41 ? ETCD_OF_OPENSHIFT41 : ETCD_VERSION;
  }
}
