package io.clusterrecovery.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Reads the requests that the signer keeps, with what it has issued for them. */
final class IssuedCertificates {
  /**
   * Argument: the signer's port. Prints each request as base64 in a line of its own, whatever its
   * requester called it, as the process that listens there has it.
   */
  static final String SCRIPT =
      """
      pid=$(ss -ltnp "sport = :$1" | sed -n 's/.*pid=\\([0-9]*\\),.*/\\1/p' | head -n 1)
      [ -n "$pid" ] || exit 0
      folder=$(tr '\\0' '\\n' < "/proc/$pid/cmdline" | sed -n 's/^--csrdir=//p')
      [ -n "$folder" ] || exit 0
      find "/proc/$pid/root$folder" -maxdepth 1 -type f | head -n 1000 | while read -r file; do
        head -c 65536 -- "$file" | base64 -w 0
        echo
      done
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private IssuedCertificates() {}

  /** Those that can be read; other files that the signer has there are passed over. */
  static List<IssuedCertificate> parse(String printed) {
    return printed.lines().flatMap(line -> read(line.strip()).stream()).toList();
  }

  private static Optional<IssuedCertificate> read(String line) {
    try {
      JsonNode request = JSON.readTree(Base64.getDecoder().decode(line));
      byte[] pem = Base64.getDecoder().decode(request.path("status").path("certificate").asText());
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(pem));
      return Optional.of(
          new IssuedCertificate(
              request.path("metadata").path("name").asText(),
              certificate.getSubjectX500Principal().getName(),
              PeerCertificate.of(certificate).names(),
              certificate.getSerialNumber().toString(16),
              certificate.getNotAfter().toInstant()));
    } catch (IOException | IllegalArgumentException | CertificateException e) {
      return Optional.empty();
    }
  }
}
