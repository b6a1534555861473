package io.clusterrecovery.k8s;

import java.util.Set;

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

  /**
   * Without the name of a signer, usages, subject and names tell, as they later told Kubernetes.
   */
  static CsrKind of(Set<String> usages, Content content) {
    boolean node =
        content instanceof Content.Pkcs10 p
            && p.organizations().contains("system:nodes")
            && p.commonNames().stream().anyMatch(cn -> !CertificateRequest.nodeOf(cn).isEmpty());
    if (!node) {
      return OTHER;
    }
    boolean serving = usages.contains("server auth");
    boolean client = usages.contains("client auth");
    if (serving && client) {
      return ((Content.Pkcs10) content).names().isEmpty() ? CLIENT : SERVING;
    }
    return serving ? SERVING : client ? CLIENT : OTHER;
  }

  String signer() {
    return signer;
  }

  @Override
  public String toString() {
    return label;
  }
}
