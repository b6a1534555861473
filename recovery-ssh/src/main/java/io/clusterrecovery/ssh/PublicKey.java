package io.clusterrecovery.ssh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * A public key as known_hosts, consoles and servers give it.
 *
 * @param type its type, such as {@code ssh-ed25519}
 * @param base64 the whole key
 */
record PublicKey(String type, String base64) {

  /** {@return the key in that text, unless it is none, or not of that type} */
  static Optional<PublicKey> parse(String type, String base64) {
    try {
      byte[] blob = Base64.getDecoder().decode(base64);
      return typeIn(blob).filter(type::equals).map(t -> new PublicKey(t, encoded(blob)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** {@return the key in the bytes that a server sent; of no known type if they are none} */
  static PublicKey of(byte[] blob) {
    return new PublicKey(typeIn(blob).orElse("unknown"), encoded(blob));
  }

  /** {@return the fingerprint as {@code ssh-keygen -l} writes it} */
  String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob());
      return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  byte[] blob() {
    return Base64.getDecoder().decode(base64);
  }

  private static String encoded(byte[] blob) {
    return Base64.getEncoder().encodeToString(blob);
  }

  private static Optional<String> typeIn(byte[] blob) {
    int length = blob.length < 4 ? -1 : ByteBuffer.wrap(blob).getInt();
    // What follows the type is the key itself, without which it is none.
    return length < 1 || length > blob.length - 8
        ? Optional.empty()
        : Optional.of(new String(blob, 4, length, StandardCharsets.US_ASCII));
  }
}
