package io.clusterrecovery.testkit;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sets a control-plane host up for Kubernetes under systemd. */
final class KubernetesSeed {
  private static final String PKI = "/etc/kubernetes/pki/";
  private static final String UNITS = "/etc/systemd/system/";
  private static final int ETCD_SERVERS = 3;

  private final LabPki pki;
  private final String balancer;
  private final String bootstrapToken;

  KubernetesSeed(LabPki pki, String balancer, String bootstrapToken) {
    this.pki = pki;
    this.balancer = balancer;
    this.bootstrapToken = bootstrapToken;
  }

  void write(HostSeed seed, String name, String address) {
    certificates(seed, name, address);
    pair(
        seed,
        "apiserver-etcd-client",
        pki.etcd().issue("kube-apiserver-etcd-client", List.of(), List.of()));
    kubeconfigs(seed);
    for (String unit : List.of("kube-apiserver", "kube-controller-manager")) {
      unit(seed, unit, values(name, address)).enable(unit + ".service");
    }
    kubelet(seed, values(name, address), "false");
    seed.file("/etc/kubernetes/prepare-kubelet", HostSeed.resource("host/prepare-kubelet"))
        .file("/etc/kubernetes/manifests/.keep", "")
        .file("/etc/containerd/config.toml", HostSeed.resource("host/containerd.toml"))
        .file("/etc/cni/net.d/10-lab.conflist", HostSeed.resource("host/cni.conflist"));
  }

  /** Writes what is left where the kubelet runs the control plane: certificates, and a kubelet. */
  void writeForPods(HostSeed seed, String name, String address) {
    certificates(seed, name, address);
    kubeconfigs(seed);
    seed.secret("/etc/kubernetes/scheduler.conf", local("system:kube-scheduler"))
        .secret("/etc/kubernetes/kubeconfig", bootstrap());
    kubelet(seed, values(name, address), "true");
    seed.file(
            UNITS + "kubelet.service.d/images.conf",
            "[Unit]\nAfter=images.service\nWants=images.service\n")
        .enable("kubelet.service");
  }

  /** What templates of this host's control plane are filled with. */
  Map<String, String> values(String name, String address) {
    return Map.of(
        "NAME",
        name,
        "ADDRESS",
        address,
        "ETCD_SERVERS",
        etcdServers(),
        "KUBERNETES",
        LabPaths.KUBERNETES_VERSION);
  }

  private static void kubelet(HostSeed seed, Map<String, String> values, String podCgroups) {
    unit(seed, "kubelet", values);
    seed.template(
        "/var/lib/kubelet/config.yaml", "host/kubelet.yaml", Map.of("POD_CGROUPS", podCgroups));
  }

  private static HostSeed unit(HostSeed seed, String name, Map<String, String> values) {
    return seed.template(UNITS + name + ".service", "host/" + name + ".service", values);
  }

  private void certificates(HostSeed seed, String name, String address) {
    CertificateAuthority ca = pki.kubernetes();
    seed.file(PKI + "ca.crt", ca.certificate())
        .secret(PKI + "ca.key", ca.key())
        .file(PKI + "etcd-ca.crt", pki.etcd().certificate())
        .secret(PKI + "sa.key", pki.serviceAccountKey())
        .file(PKI + "sa.pub", pki.serviceAccountPublicKey());
    pair(seed, "apiserver", ca.issue("kube-apiserver", List.of(), serverNames(name, address)));
    pair(
        seed,
        "apiserver-kubelet-client",
        ca.issue("kube-apiserver-kubelet-client", List.of("system:masters"), List.of()));
  }

  private void kubeconfigs(HostSeed seed) {
    seed.secret("/etc/kubernetes/controller-manager.conf", local("system:kube-controller-manager"))
        .secret("/etc/kubernetes/admin.conf", local(admin()))
        .secret("/etc/kubernetes/bootstrap-kubelet.conf", bootstrap());
  }

  private String local(String user) {
    return local(pki.kubernetes().issue(user, List.of(), List.of()));
  }

  private String local(KeyAndCertificate user) {
    return Kubeconfig.withCertificate(
        "https://127.0.0.1:6443", pki.kubernetes().certificate(), user);
  }

  private String bootstrap() {
    return Kubeconfig.withToken(
        "https://" + balancer + ":6443", pki.kubernetes().certificate(), bootstrapToken);
  }

  KeyAndCertificate admin() {
    return pki.kubernetes().issue("kubernetes-admin", List.of("system:masters"), List.of());
  }

  private List<String> serverNames(String name, String address) {
    return List.of(
        name,
        address,
        balancer,
        "127.0.0.1",
        "localhost",
        "10.96.0.1",
        "api." + EtcdSeed.ZONE,
        "api-int." + EtcdSeed.ZONE,
        "kubernetes",
        "kubernetes.default",
        "kubernetes.default.svc",
        "kubernetes.default.svc.cluster.local");
  }

  private static void pair(HostSeed seed, String name, KeyAndCertificate pair) {
    seed.file(PKI + name + ".crt", pair.certificate()).secret(PKI + name + ".key", pair.key());
  }

  private static String etcdServers() {
    return IntStream.range(0, ETCD_SERVERS)
        .mapToObj(slot -> "https://" + EtcdSeed.memberName(slot) + ":2379")
        .collect(Collectors.joining(","));
  }
}
