package io.clusterrecovery.k8s;

import java.security.KeyPair;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;

/** Requests of master-3 that no kubelet makes. */
final class OddPkcs10s {
  private OddPkcs10s() {}

  static DEROctetString mapped() {
    byte[] bytes = new byte[16];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    System.arraycopy(new byte[] {10, 0, 1, 13}, 0, bytes, 12, 4);
    return new DEROctetString(bytes);
  }

  static String withExtension() {
    KeyPair key = RequestFixture.KEY;
    return Pkcs10s.pem(
        key,
        key,
        RequestFixture.subject("master-3"),
        more ->
            more.addAttribute(
                PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                Pkcs10s.extension(
                    g ->
                        g.addExtension(
                            Extension.basicConstraints, true, new BasicConstraints(true)))));
  }

  static String namedTwice() {
    KeyPair key = RequestFixture.KEY;
    return Pkcs10s.pem(
        key,
        key,
        RequestFixture.subject("master-3"),
        more ->
            more.addAttribute(
                PKCSObjectIdentifiers.pkcs_9_at_extensionRequest,
                Pkcs10s.names(Pkcs10s.dns("master-3"))),
        Pkcs10s.ip("10.0.1.13"));
  }

  static String withPassword() {
    KeyPair key = RequestFixture.KEY;
    ASN1ObjectIdentifier password = PKCSObjectIdentifiers.pkcs_9_at_challengePassword;
    return Pkcs10s.pem(
        key,
        key,
        RequestFixture.subject("master-3"),
        more -> more.addAttribute(password, new DERUTF8String("x")));
  }
}
