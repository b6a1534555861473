package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
  private final CertificateAuthority authority = CertificateAuthority.create("test-ca");

  @Test
  void issue_namesAndAddresses_areSignedAndTypedByKind() throws Exception {
    KeyAndCertificate issued =
        authority.issue("host", List.of("system:masters"), List.of("etcd-0.lab.test", "10.0.0.1"));

    X509Certificate certificate = parse(issued.certificate());
    certificate.verify(parse(authority.certificate()).getPublicKey());
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=host,O=system:masters");
    assertThat(certificate.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(List.of(2, "etcd-0.lab.test"), List.of(7, "10.0.0.1"));
  }

  @Test
  void create_authority_maySignCertificatesAndNothingItIssuesMay() throws Exception {
    X509Certificate issued = parse(authority.issue("host", List.of(), List.of()).certificate());

    assertThat(parse(authority.certificate()).getBasicConstraints()).isNotNegative();
    assertThat(issued.getBasicConstraints()).isEqualTo(-1);
  }

  @Test
  void toString_ofAKey_hidesIt() {
    KeyAndCertificate issued = authority.issue("host", List.of(), List.of());

    assertThat(issued.key()).contains("PRIVATE KEY");
    assertThat(issued.toString()).doesNotContain("BEGIN");
  }

  private static X509Certificate parse(String pem) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
  }
}
