package io.clusterrecovery.k8s;

/** How far a certificate request has come. */
public enum CsrState {
  /** Nobody has decided about it. */
  PENDING,
  /** It was approved, and its certificate is not there yet. */
  APPROVED,
  /** It was approved, and its certificate was issued. */
  ISSUED,
  /** Somebody denied it; that is final, and the SDK never does it. */
  DENIED,
  /** It was approved, and the signer could not issue the certificate. */
  FAILED,
  /** It is not there any more; somebody deleted it, or Kubernetes has cleaned up. */
  GONE;

  boolean approved() {
    return this == APPROVED || this == ISSUED;
  }
}
