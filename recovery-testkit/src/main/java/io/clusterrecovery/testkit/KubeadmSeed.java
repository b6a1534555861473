package io.clusterrecovery.testkit;

/** Sets a host up for kubeadm: what runs pods, and a kubelet; kubeadm itself does the rest. */
final class KubeadmSeed {
  private static final String PKI = "/etc/kubernetes/pki/";

  private final LabPki pki;
  private final PodRuntimeSeed runtime;

  KubeadmSeed(LabPki pki, PodRuntimeSeed runtime) {
    this.pki = pki;
    this.runtime = runtime;
  }

  void write(HostSeed seed) {
    runtime.write(seed, "host/make-etcd-image");
    seed.file("/etc/kubernetes/manifests/.keep", "")
        .file(
            "/etc/systemd/system/kubelet.service",
            HostSeed.resource("host/kubeadm-kubelet.service"))
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
