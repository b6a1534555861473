package io.clusterrecovery.k8s;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Compares what was issued with what was asked for. */
final class IssuedCertificates {
  private IssuedCertificates() {}

  /** {@return what is wrong with a certificate that was issued for a good request, if any is} */
  static Optional<String> wrong(List<Judged> requests) {
    return requests.stream()
        .filter(j -> j.allHold() && j.request().state() == CsrState.ISSUED)
        .map(j -> wrong(j.request()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> wrong(CertificateRequest request) {
    try {
      X509Certificate certificate = parse(request.certificate());
      String key = PublicKeys.digest(certificate.getPublicKey().getEncoded());
      if (!key.equals(request.keyDigest())) {
        return Optional.of(
            "The certificate issued for "
                + request.name()
                + " has another key than was asked for.");
      }
      return Optional.empty();
    } catch (CertificateException e) {
      return Optional.of(
          "What was issued for " + request.name() + " is no certificate: " + e.getMessage() + ".");
    }
  }

  private static X509Certificate parse(String pem) throws CertificateException {
    byte[] bytes = pem.getBytes(StandardCharsets.ISO_8859_1);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(bytes));
  }
}
