package io.clusterrecovery.k8s;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/** Reads public keys and tells the strong ones. */
final class PublicKeys {
  private static final int LEAST_RSA_BITS = 2048;
  private static final int DIGEST_BYTES = 16;
  private static final Map<ASN1ObjectIdentifier, String> STRONG_CURVES =
      Map.of(
          X9ObjectIdentifiers.prime256v1, "P-256",
          SECObjectIdentifiers.secp384r1, "P-384",
          SECObjectIdentifiers.secp521r1, "P-521");

  private PublicKeys() {}

  static PublicKeyInfo read(SubjectPublicKeyInfo encoded) throws IOException {
    String digest = digest(encoded.getEncoded());
    AsymmetricKeyParameter key = PublicKeyFactory.createKey(encoded);
    if (key instanceof RSAKeyParameters rsa) {
      int bits = rsa.getModulus().bitLength();
      return new PublicKeyInfo("RSA " + bits, bits >= LEAST_RSA_BITS, digest);
    }
    if (key instanceof ECPublicKeyParameters) {
      ASN1Encodable curve = encoded.getAlgorithm().getParameters();
      String name = STRONG_CURVES.get(curve);
      return new PublicKeyInfo("EC " + (name == null ? curve : name), name != null, digest);
    }
    boolean ed25519 = key instanceof Ed25519PublicKeyParameters;
    String algorithm = encoded.getAlgorithm().getAlgorithm().getId();
    return new PublicKeyInfo(ed25519 ? "Ed25519" : "algorithm " + algorithm, ed25519, digest);
  }

  static String digest(byte[] encoded) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded);
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
