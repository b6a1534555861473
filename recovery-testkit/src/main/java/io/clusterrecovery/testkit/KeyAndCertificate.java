package io.clusterrecovery.testkit;

/** A private key and the certificate for it, both as PEM. */
record KeyAndCertificate(String key, String certificate) {
  /** Says what it is without the key. */
  @Override
  public String toString() {
    return "KeyAndCertificate[key=***]";
  }
}
