package io.clusterrecovery.k8s;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Key pairs for tests. */
final class Keys {
  private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

  private Keys() {}

  static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static KeyPair p256() {
    return ec("P-256");
  }

  static KeyPair rsa(int bits) {
    return generated("RSA", bits);
  }

  static KeyPair dsa() {
    return generated("DSA", 2048);
  }

  static KeyPair ed25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519", PROVIDER).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@return the name of a signature algorithm for that key} */
  static String signature(KeyPair pair) {
    return switch (pair.getPrivate().getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "DSA" -> "SHA256withDSA";
      case "Ed25519" -> "Ed25519";
      default -> "SHA256withECDSA";
    };
  }

  private static KeyPair generated(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, PROVIDER);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
