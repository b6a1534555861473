package io.clusterrecovery.ssh;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key that a person names by its fingerprint.
 *
 * @param type its type, such as {@code ssh-ed25519}, or null if that was not said
 */
record Pin(@Nullable String type, String fingerprint) {
  private static final Pattern FINGERPRINT = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}=?");

  static Pin of(PublicKey key) {
    return new Pin(key.type(), key.fingerprint());
  }

  /**
   * {@return the pin for a fingerprint as {@code ssh-keygen -l} writes it}
   *
   * @throws IllegalArgumentException if it is none by SHA-256
   */
  static Pin of(String fingerprint) {
    if (!FINGERPRINT.matcher(fingerprint).matches()) {
      throw new IllegalArgumentException(
          "not a fingerprint SHA256:… of a key, as ssh-keygen -l prints it: '%s'"
              .formatted(fingerprint));
    }
    return new Pin(null, fingerprint.replace("=", ""));
  }

  boolean fits(PublicKey key) {
    return fingerprint.equals(key.fingerprint());
  }
}
