package io.clusterrecovery.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A host's name in known_hosts that cannot be read, only compared: {@code |1|SALT|HASH}. */
final class HashedName {
  private static final String MAGIC = "|1|";
  private static final String HMAC = "HmacSHA1";

  private HashedName() {}

  static boolean is(String hosts) {
    return hosts.startsWith(MAGIC);
  }

  static boolean match(String hashed, String name) {
    String[] parts = hashed.substring(MAGIC.length()).split("\\|", -1);
    if (parts.length != 2) {
      return false;
    }
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[0]), HMAC));
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[1]));
    } catch (IllegalArgumentException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC, e);
    }
  }
}
