package io.clusterrecovery.k8s;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Certificates as a cluster's signer issues them. */
final class Certificates {
  private static final KeyPair CA = Keys.p256();

  private Certificates() {}

  /** {@return a certificate for the request's key, as a status holds it} */
  static String issued(CertificateRequest request) {
    String pem =
        new String(
            Base64.getDecoder().decode(Doc.text(request.document(), "spec", "request")),
            StandardCharsets.UTF_8);
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      PKCS10CertificationRequest csr = (PKCS10CertificationRequest) parser.readObject();
      return issued(csr.getSubject(), csr.getSubjectPublicKeyInfo());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return a certificate for a key that nobody asked for} */
  static String forAnotherKey() {
    return issued(
        new X500Name("CN=x"),
        SubjectPublicKeyInfo.getInstance(Keys.p256().getPublic().getEncoded()));
  }

  private static String issued(X500Name subject, SubjectPublicKeyInfo key) {
    Date from = Date.from(FakeClock.START);
    Date until = Date.from(FakeClock.START.plus(Duration.ofDays(365)));
    X509v3CertificateBuilder certificate =
        new X509v3CertificateBuilder(
            new X500Name("CN=test"), BigInteger.ONE, from, until, subject, key);
    try {
      byte[] der =
          certificate
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(CA.getPrivate()))
              .getEncoded();
      String pem =
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder().encodeToString(der)
              + "\n-----END CERTIFICATE-----\n";
      return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
