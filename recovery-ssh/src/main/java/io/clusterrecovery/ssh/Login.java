package io.clusterrecovery.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys to log in with.
 *
 * @param named whether the caller named them, so that each must be usable; those that are only
 *     looked for are left out where they are not
 * @param files private keys in files
 * @param agent the socket of an ssh-agent, or null for none
 * @param agentOnlyFor whether the agent is only asked for keys whose public halves lie beside files
 */
record Login(boolean named, List<KeyFile> files, @Nullable Path agent, boolean agentOnlyFor) {
  /** What OpenSSH looks for, those left out that are outdated or need a device. */
  private static final List<String> DEFAULTS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  static Login with(Optional<KeyFile> file, Optional<Path> agent) {
    return new Login(true, file.stream().toList(), agent.orElse(null), false);
  }

  /** {@return the keys that OpenSSH would use if nobody names one} */
  static Login byDefault(Path home, Map<String, String> environment) {
    return new Login(false, defaults(home), agent(environment).orElse(null), false);
  }

  static List<KeyFile> defaults(Path home) {
    Path folder = home.resolve(".ssh");
    return DEFAULTS.stream().map(folder::resolve).map(f -> new KeyFile(f, null)).toList();
  }

  static Optional<Path> agent(Map<String, String> environment) {
    return Stream.ofNullable(environment.get("SSH_AUTH_SOCK"))
        .filter(s -> !s.isBlank())
        .map(Path::of)
        .findFirst();
  }
}
