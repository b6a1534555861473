package io.clusterrecovery.ssh;

import java.util.Properties;

/** What a connection may use: modern algorithms alone, the fastest cipher first. */
final class Algorithms {
  private static final String ECDSA = "ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521";
  private static final String SIGNATURES = "ssh-ed25519," + ECDSA + ",rsa-sha2-512,rsa-sha2-256";
  private static final String CIPHERS =
      "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr";
  private static final String MACS =
      "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";
  private static final String EXCHANGES =
      "curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,ecdh-sha2-nistp384,"
          + "ecdh-sha2-nistp521,diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,"
          + "diffie-hellman-group14-sha256";

  private Algorithms() {}

  static Properties settings() {
    Properties settings = new Properties();
    settings.setProperty("StrictHostKeyChecking", "yes");
    settings.setProperty("PreferredAuthentications", "publickey");
    settings.setProperty("kex", EXCHANGES);
    settings.setProperty("server_host_key", SIGNATURES);
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

  private static void both(Properties settings, String name, String value) {
    settings.setProperty(name + ".c2s", value);
    settings.setProperty(name + ".s2c", value);
  }
}
