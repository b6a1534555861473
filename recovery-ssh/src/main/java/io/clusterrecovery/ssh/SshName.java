package io.clusterrecovery.ssh;

import static java.util.Objects.requireNonNull;

/** Names of hosts and users that cannot be taken for anything else. */
final class SshName {
  private SshName() {}

  static String host(String host) {
    requireNonNull(host, "host");
    if (host.isBlank() || host.startsWith("-") || host.chars().anyMatch(c -> c <= ' ')) {
      throw new IllegalArgumentException("not an address or name of a host: '" + host + "'");
    }
    return host;
  }

  static String user(String user) {
    requireNonNull(user, "user");
    if (!user.matches("[A-Za-z_][A-Za-z0-9_.-]*\\$?")) {
      throw new IllegalArgumentException("not the name of a user: '" + user + "'");
    }
    return user;
  }

  static int port(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
    return port;
  }
}
