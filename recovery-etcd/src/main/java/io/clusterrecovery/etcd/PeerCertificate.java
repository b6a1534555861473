package io.clusterrecovery.etcd;

import io.netty.util.NetUtil;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose a certificate says it is.
 *
 * @param names the DNS names and addresses among its subject alternative names
 * @param selfSigned whether it is its own authority, as etcd's {@code --peer-auto-tls} makes them,
 *     with which names are not looked at
 */
record PeerCertificate(List<String> names, boolean selfSigned) {
  private static final Set<Integer> DNS_AND_ADDRESS = Set.of(2, 7);

  /** Copies the list. */
  PeerCertificate {
    names = List.copyOf(names);
  }

  static PeerCertificate of(X509Certificate certificate) throws CertificateException {
    List<String> names = new ArrayList<>();
    if (certificate.getSubjectAlternativeNames() != null) {
      for (List<?> name : certificate.getSubjectAlternativeNames()) {
        if (name.get(0) instanceof Integer kind && DNS_AND_ADDRESS.contains(kind)) {
          names.add(String.valueOf(name.get(1)));
        }
      }
    }
    boolean own =
        certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    return new PeerCertificate(names, own);
  }

  /** The first of a file of them; empty if there is none that can be read. */
  static Optional<PeerCertificate> parse(byte[] pem) {
    try {
      return Optional.of(
          of(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(pem))));
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  /** Whether it is for that name or address, as TLS has it. */
  boolean isFor(String host) {
    byte @Nullable [] address = NetUtil.createByteArrayFromIpAddressString(host);
    return names.stream()
        .anyMatch(name -> address == null ? fits(name, host) : isSame(address, name));
  }

  private static boolean isSame(byte[] address, String name) {
    return Arrays.equals(address, NetUtil.createByteArrayFromIpAddressString(name));
  }

  /** A wildcard stands for one label. */
  private static boolean fits(String name, String host) {
    String wanted = withoutDot(host);
    String given = withoutDot(name);
    return given.startsWith("*.")
        ? wanted.indexOf('.') > 0
            && wanted.substring(wanted.indexOf('.')).equals(given.substring(1))
        : wanted.equals(given);
  }

  private static String withoutDot(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
