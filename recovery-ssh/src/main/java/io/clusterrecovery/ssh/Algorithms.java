package io.clusterrecovery.ssh;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a connection may use: modern algorithms alone, the fastest cipher first. */
final class Algorithms {
  private static final List<String> KEY_TYPES =
      List.of(
          "ssh-ed25519",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "ssh-rsa");
  private static final String SIGNATURES = joined(KEY_TYPES.stream().flatMap(Algorithms::of));
  private static final String CIPHERS =
      "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr";
  private static final String MACS =
      "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";
  private static final String EXCHANGES =
      "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,"
          + "ecdh-sha2-nistp521,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,"
          + "diffie-hellman-group14-sha256";

  private Algorithms() {}

  /**
   * {@return the algorithms for host keys, to be asked for one after the other}
   *
   * <p>A server shows the first of its keys that it is asked for, so those that are known come
   * first. Where a key was named without its type, each type is asked for in turn.
   */
  static List<String> hostKeys(HostTrust trust) {
    Set<String> types = new LinkedHashSet<>(trust.types());
    types.retainAll(KEY_TYPES);
    types.addAll(KEY_TYPES);
    if (trust.named().stream().anyMatch(p -> p.type() == null)) {
      return types.stream().map(t -> joined(of(t))).toList();
    }
    Stream<String> certificates =
        trust.acceptsCertificates()
            ? KEY_TYPES.stream().flatMap(Algorithms::of).map(a -> a + "-cert-v01@openssh.com")
            : Stream.empty();
    return List.of(joined(Stream.concat(certificates, types.stream().flatMap(Algorithms::of))));
  }

  static Properties settings(String hostKeys) {
    Properties settings = new Properties();
    settings.setProperty("StrictHostKeyChecking", "yes");
    settings.setProperty("PreferredAuthentications", "publickey");
    settings.setProperty("kex", EXCHANGES);
    settings.setProperty("server_host_key", hostKeys);
    settings.setProperty("prefer_known_host_key_types", "no");
    settings.setProperty("ca_signature_algorithms", SIGNATURES);
    settings.setProperty("PubkeyAcceptedAlgorithms", SIGNATURES);
    both(settings, "cipher", CIPHERS);
    both(settings, "mac", MACS);
    // Compression by the library has once delivered wrong bytes and told of success.
    both(settings, "compression", "none");
    // Trying out each algorithm at every connection takes a third of the time to connect.
    for (String check : new String[] {"Ciphers", "Macs", "Kexes", "Signatures"}) {
      settings.setProperty("Check" + check, "");
    }
    return settings;
  }

  /** An RSA key signs by SHA-2 alone. */
  private static Stream<String> of(String keyType) {
    return "ssh-rsa".equals(keyType)
        ? Stream.of("rsa-sha2-512", "rsa-sha2-256")
        : Stream.of(keyType);
  }

  private static String joined(Stream<String> algorithms) {
    return algorithms.collect(Collectors.joining(","));
  }

  private static void both(Properties settings, String name, String value) {
    settings.setProperty(name + ".c2s", value);
    settings.setProperty(name + ".s2c", value);
  }
}
