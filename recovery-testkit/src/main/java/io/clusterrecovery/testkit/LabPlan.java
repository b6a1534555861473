package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What a lab shall consist of. */
record LabPlan(
    List<String> hosts,
    Optional<String> etcd,
    boolean etcdRunning,
    ControlPlane controlPlane,
    Optional<Path> scripts,
    boolean aws,
    boolean keep,
    Consumer<String> listener) {
  LabPlan {
    hosts = List.copyOf(hosts);
  }

  boolean kubernetes() {
    return controlPlane != ControlPlane.NONE;
  }

  boolean kubeadm() {
    return controlPlane == ControlPlane.KUBEADM;
  }

  /** Whether the control plane is pods of the kubelet. */
  boolean pods() {
    return kubeadm() || controlPlane == ControlPlane.OPENSHIFT41;
  }

  boolean openShift41() {
    return controlPlane == ControlPlane.OPENSHIFT41;
  }

  /** Which etcd there is, or would be. */
  String etcdVersion() {
    return etcd.orElse(LabBuilder.ETCD_VERSION);
  }

  boolean needsServices() {
    return (etcd.isPresent() && !kubeadm()) || aws;
  }

  /** The address by which the API is known: the balancer's, if there is one that balances. */
  String endpoint(LabFrame frame) {
    return aws || !kubeadm() ? frame.servicesAddress() : frame.founder(0);
  }

  List<LabMember> members(LabFrame frame) {
    return IntStream.range(0, hosts.size())
        .mapToObj(slot -> new LabMember(hosts.get(slot), frame.founder(slot), slot))
        .toList();
  }
}
