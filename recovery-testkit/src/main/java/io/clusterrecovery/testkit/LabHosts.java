package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The hosts of a lab, and how each kind of them is made. */
final class LabHosts {
  private static final List<String> NO_UNITS = List.of();
  private final LabFrame frame;
  private final LabPlan plan;
  private final LabPki pki;
  private final KubernetesSeed kubernetes;
  private final PodRuntimeSeed runtime;
  private final KubeadmSeed kubeadm;
  private final OpenShift41Seed openShift41;
  private final List<LabHost> made = new ArrayList<>();

  LabHosts(LabFrame frame, LabPlan plan, LabPki pki, KubernetesSeed kubernetes) {
    this.frame = frame;
    this.plan = plan;
    this.pki = pki;
    this.kubernetes = kubernetes;
    this.runtime = new PodRuntimeSeed(plan.etcdVersion());
    this.kubeadm = new KubeadmSeed(pki, runtime);
    this.openShift41 = new OpenShift41Seed(pki, kubernetes, runtime, plan.scripts());
  }

  synchronized List<LabHost> all() {
    return List.copyOf(made);
  }

  LabHost named(String name) {
    return all().stream()
        .filter(host -> host.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the lab has no host " + name));
  }

  /** The host for resolver and balancer; it is not among {@link #all()}. */
  LabHost services() {
    String address = frame.servicesAddress();
    List<String> units = List.of("haproxy.service");
    ServicesSeed.write(BaseSeed.write(frame, ServicesSeed.HOST, address, address, units));
    return frame.host(
        new HostSetup(
            frame.id(),
            ServicesSeed.HOST,
            address,
            List.of(LabPaths.rootfs()),
            List.of("--bind=" + frame.services() + ":/srv/lab"),
            false));
  }

  LabHost bare(String name, String address) {
    check(name);
    BaseSeed.write(frame, name, address, frame.servicesAddress(), NO_UNITS);
    return add(
        new HostSetup(frame.id(), name, address, List.of(LabPaths.rootfs()), List.of(), false));
  }

  /** One of the first hosts: its etcd belongs to the cluster of all of them. */
  LabHost founder(LabMember member) {
    check(member.name());
    HostSeed seed = controlPlane(member.name(), member.address());
    switch (plan.controlPlane()) {
      case KUBEADM -> foundingByKubeadm(seed, member);
      case OPENSHIFT41 -> openShift41.founding(seed, member);
      case NONE, SYSTEMD -> foundingUnits(seed, member);
    }
    return addControlPlane(member.name(), member.address());
  }

  private void foundingByKubeadm(HostSeed seed, LabMember member) {
    if (member.slot() == 0) {
      kubeadm.founding(seed);
    }
  }

  private void foundingUnits(HostSeed seed, LabMember member) {
    EtcdSeed.founding(seed, plan.members(frame), member);
    if (plan.etcdRunning()) {
      seed.enable("etcd.service");
    }
  }

  /**
   * A host that comes later: etcd waits to be told its part, kubelet asks to join by itself; or all
   * of it waits for kubeadm.
   */
  LabHost later(String name, String address) {
    check(name);
    HostSeed seed = controlPlane(name, address);
    if (plan.kubernetes()) {
      seed.enable("kubelet.service");
    }
    return addControlPlane(name, address);
  }

  private HostSeed controlPlane(String name, String address) {
    List<String> units = plan.kubernetes() ? List.of("containerd.service") : NO_UNITS;
    HostSeed seed = BaseSeed.write(frame, name, address, frame.servicesAddress(), units);
    switch (plan.controlPlane()) {
      case KUBEADM -> kubeadm.write(seed);
      case OPENSHIFT41 -> openShift41.write(seed, name, address);
      case SYSTEMD -> {
        EtcdSeed.write(seed, pki, name, address);
        kubernetes.write(seed, name, address);
      }
      case NONE -> EtcdSeed.write(seed, pki, name, address);
    }
    return seed;
  }

  private LabHost addControlPlane(String name, String address) {
    List<String> binds = plan.pods() ? runtime.binds() : List.of();
    return add(new HostSetup(frame.id(), name, address, layers(), binds, plan.pods()));
  }

  private List<Path> layers() {
    List<Path> layers = new ArrayList<>();
    if (!plan.pods()) {
      plan.etcd().map(LabPaths::etcd).ifPresent(layers::add);
    }
    if (plan.kubernetes()) {
      layers.add(LabPaths.kubernetes());
    }
    layers.add(LabPaths.rootfs());
    return layers;
  }

  private LabHost add(HostSetup setup) {
    LabHost host = frame.host(setup);
    synchronized (this) {
      made.add(host);
    }
    return host;
  }

  private void check(String name) {
    if (!name.matches("[a-z]([a-z0-9-]{0,39}[a-z0-9])?") || name.equals(ServicesSeed.HOST)) {
      throw new IllegalArgumentException("not a name for a host: " + name);
    }
    if (all().stream().anyMatch(host -> host.name().equals(name))) {
      throw new IllegalArgumentException("the lab has a host " + name + " already");
    }
  }
}
