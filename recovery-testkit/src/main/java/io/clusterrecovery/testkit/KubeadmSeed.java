package io.clusterrecovery.testkit;

import java.util.List;
import java.util.Map;

/** Sets a host up for kubeadm: container runtime, images, kubelet; kubeadm itself does the rest. */
final class KubeadmSeed {
  private static final String PKI = "/etc/kubernetes/pki/";
  private static final String OWN = "/etc/kubernetes/";
  private static final String UNITS = "/etc/systemd/system/";

  private final LabPki pki;
  private final String etcd;

  KubeadmSeed(LabPki pki, String etcd) {
    this.pki = pki;
    this.etcd = etcd;
  }

  /** Where the programs of the etcd image are from; no host has them in its path. */
  List<String> binds() {
    return List.of("--bind-ro=" + LabPaths.etcd(etcd) + "/usr/local/bin:/usr/local/lib/lab-etcd");
  }

  void write(HostSeed seed) {
    Map<String, String> versions = Map.of("KUBERNETES", LabPaths.KUBERNETES_VERSION, "ETCD", etcd);
    seed.template(OWN + "make-images", "host/make-images", versions)
        .file(OWN + "prepare-cgroups", HostSeed.resource("host/prepare-cgroups"))
        .file(OWN + "prepare-kubelet", HostSeed.resource("host/prepare-kubelet"))
        .file(OWN + "manifests/.keep", "")
        .file("/etc/containerd/config.toml", HostSeed.resource("host/containerd.toml"))
        .file("/etc/cni/net.d/10-lab.conflist", HostSeed.resource("host/cni.conflist"))
        .file(
            UNITS + "containerd.service.d/lab.conf", HostSeed.resource("host/containerd-lab.conf"))
        .file(UNITS + "images.service", HostSeed.resource("host/images.service"))
        .file(UNITS + "kubelet.service", HostSeed.resource("host/kubeadm-kubelet.service"))
        .enable("images.service")
        .enable("kubelet.service");
  }

  /** Adds the authorities of the lab, which kubeadm takes instead of making its own. */
  void founding(HostSeed seed) {
    seed.file(PKI + "ca.crt", pki.kubernetes().certificate())
        .secret(PKI + "ca.key", pki.kubernetes().key())
        .file(PKI + "etcd/ca.crt", pki.etcd().certificate())
        .secret(PKI + "etcd/ca.key", pki.etcd().key())
        .secret(PKI + "sa.key", pki.serviceAccountKey())
        .file(PKI + "sa.pub", pki.serviceAccountPublicKey());
  }
}
