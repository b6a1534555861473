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
    Map<String, String> values =
        Map.of("NAME", name, "ADDRESS", address, "ETCD_SERVERS", etcdServers());
    certificates(seed, name, address);
    kubeconfigs(seed);
    for (String unit : List.of("kube-apiserver", "kube-controller-manager", "kubelet")) {
      seed.template(UNITS + unit + ".service", "host/" + unit + ".service", values);
    }
    seed.enable("kube-apiserver.service").enable("kube-controller-manager.service");
    seed.file("/etc/kubernetes/prepare-kubelet", HostSeed.resource("host/prepare-kubelet"))
        .file("/etc/kubernetes/manifests/.keep", "")
        .file("/var/lib/kubelet/config.yaml", HostSeed.resource("host/kubelet.yaml"))
        .file("/etc/containerd/config.toml", HostSeed.resource("host/containerd.toml"))
        .file("/etc/cni/net.d/10-lab.conflist", HostSeed.resource("host/cni.conflist"));
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
    pair(
        seed,
        "apiserver-etcd-client",
        pki.etcd().issue("kube-apiserver-etcd-client", List.of(), List.of()));
  }

  private void kubeconfigs(HostSeed seed) {
    String ca = pki.kubernetes().certificate();
    KeyAndCertificate controllers =
        pki.kubernetes().issue("system:kube-controller-manager", List.of(), List.of());
    seed.secret(
        "/etc/kubernetes/controller-manager.conf",
        Kubeconfig.withCertificate("https://127.0.0.1:6443", ca, controllers));
    seed.secret(
        "/etc/kubernetes/admin.conf",
        Kubeconfig.withCertificate("https://127.0.0.1:6443", ca, admin()));
    seed.secret(
        "/etc/kubernetes/bootstrap-kubelet.conf",
        Kubeconfig.withToken("https://" + balancer + ":6443", ca, bootstrapToken));
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
