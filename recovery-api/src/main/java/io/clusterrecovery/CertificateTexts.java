package io.clusterrecovery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the PEM texts of certificates by file, and reads from when to when they are good. */
final class CertificateTexts {
  private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
  private StringBuilder current = new StringBuilder();

  void begin(String path) {
    current = new StringBuilder();
    texts.put(path, current);
  }

  void add(String line) {
    current.append(line).append('\n');
  }

  /** Adds what a kubeconfig holds in itself. */
  void embedded(String base64) {
    try {
      current.append(new String(Base64.getDecoder().decode(base64.strip()), US_ASCII));
    } catch (IllegalArgumentException e) {
      current.append("no base64");
    }
  }

  /**
   * Reads them.
   *
   * @param unread is told which files hold nothing that could be read
   * @return for each file its own certificate; for a bundle of authorities the one that lasts
   *     longest
   */
  List<HostState.CertificateSpan> spans(List<String> unread) {
    List<HostState.CertificateSpan> spans = new ArrayList<>();
    texts.forEach(
        (path, text) -> {
          try {
            spans.add(span(path, parse(text.toString())));
          } catch (CertificateException e) {
            unread.add(path + ": " + e.getMessage());
          }
        });
    return spans;
  }

  private static List<X509Certificate> parse(String pem) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Collection<? extends Certificate> all =
        factory.generateCertificates(new ByteArrayInputStream(pem.strip().getBytes(US_ASCII)));
    if (all.isEmpty()) {
      throw new CertificateException("no certificate in it");
    }
    return all.stream().map(X509Certificate.class::cast).toList();
  }

  private static HostState.CertificateSpan span(String path, List<X509Certificate> all) {
    X509Certificate first = all.get(0);
    X509Certificate counts =
        first.getBasicConstraints() < 0
            ? first
            : all.stream().max(Comparator.comparing(X509Certificate::getNotAfter)).orElse(first);
    return new HostState.CertificateSpan(
        path,
        counts.getSubjectX500Principal().getName(),
        counts.getNotBefore().toInstant(),
        counts.getNotAfter().toInstant());
  }
}
