package io.clusterrecovery.k8s;

/** What a certificate request asks for. */
public enum CsrKind {
  /** A kubelet's client certificate, with which it speaks to the API. */
  CLIENT("kubernetes.io/kube-apiserver-client-kubelet", "client"),
  /** A kubelet's serving certificate, with which it is spoken to. */
  SERVING("kubernetes.io/kubelet-serving", "serving"),
  /** Anything else; never approved here. */
  OTHER("", "other");

  private final String signer;
  private final String label;

  CsrKind(String signer, String label) {
    this.signer = signer;
    this.label = label;
  }

  static CsrKind ofSigner(String signer) {
    if (signer.equals(CLIENT.signer)) {
      return CLIENT;
    }
    return signer.equals(SERVING.signer) ? SERVING : OTHER;
  }

  String signer() {
    return signer;
  }

  @Override
  public String toString() {
    return label;
  }
}
