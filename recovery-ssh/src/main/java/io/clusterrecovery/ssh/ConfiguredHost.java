package io.clusterrecovery.ssh;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What OpenSSH configurations say of a host, and OpenSSH's own defaults where they are silent. */
final class ConfiguredHost {
  private static final List<String> USERS_KNOWN_HOSTS =
      List.of("~/.ssh/known_hosts", "~/.ssh/known_hosts2");
  private static final List<String> KNOWN_HOSTS_OF_ALL =
      List.of("/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2");

  private final SshConfig config;
  private final List<Path> files;
  private final Path home;
  private final Map<String, String> environment;

  ConfiguredHost(String alias, List<Path> files, Path home, Map<String, String> environment) {
    this.config = SshConfig.read(SshName.host(alias), files, home);
    this.files = files;
    this.home = home;
    this.environment = environment;
  }

  /** {@return the entry of another host in the same files} */
  ConfiguredHost other(String alias) {
    return new ConfiguredHost(alias, files, home, environment);
  }

  String alias() {
    return config.alias();
  }

  String host() {
    return valid(config.hostName(), SshName::host);
  }

  int port() {
    return config
        .first("port")
        .map(p -> valid(p, port -> SshName.port(Integer.parseInt(port))))
        .orElse(SshHost.DEFAULT_PORT);
  }

  String user() {
    return valid(config.first("user").orElse(localUser()), SshName::user);
  }

  @Nullable String keyAlias() {
    return config.first("hostkeyalias").orElse(null);
  }

  /** {@return the files of known keys: the user's, then everybody's} */
  List<Path> knownHosts(String user, int port) {
    return Stream.of(
            either("userknownhostsfile", USERS_KNOWN_HOSTS),
            either("globalknownhostsfile", KNOWN_HOSTS_OF_ALL))
        .flatMap(List::stream)
        .filter(f -> !"none".equals(f))
        .map(tokens(user, port)::path)
        .toList();
  }

  Login login(String user, int port) {
    List<String> named = config.all("identityfile");
    List<KeyFile> keys =
        named.isEmpty()
            ? Login.defaults(home)
            : named.stream()
                .filter(f -> !"none".equals(f))
                .map(f -> new KeyFile(tokens(user, port).path(f), null))
                .toList();
    boolean only = config.first("identitiesonly").filter("yes"::equals).isPresent();
    return new Login(false, keys, agent(user, port).orElse(null), only);
  }

  /** {@return the jumps, in the order in which they are made} */
  List<JumpSpec> jumps() {
    Optional<String> jump = config.first("proxyjump");
    boolean command = config.first("proxycommand").filter(c -> !"none".equals(c)).isPresent();
    if (jump.isEmpty() && command) {
      throw new IllegalStateException(
          "the ProxyCommand of %s is not supported: name a jump host with via(…)"
              .formatted(alias()));
    }
    return jump.map(j -> valid(j, JumpSpec::parse)).orElse(List.of());
  }

  private Optional<Path> agent(String user, int port) {
    String socket = config.first("identityagent").orElse("SSH_AUTH_SOCK");
    return switch (socket) {
      case "none" -> Optional.empty();
      case "SSH_AUTH_SOCK" -> Login.agent(environment);
      default ->
          socket.startsWith("$") && !socket.startsWith("${")
              ? Optional.ofNullable(environment.get(socket.substring(1))).map(Path::of)
              : Optional.of(tokens(user, port).path(socket));
    };
  }

  private List<String> either(String keyword, List<String> otherwise) {
    List<String> named = config.firstList(keyword);
    return named.isEmpty() ? otherwise : named;
  }

  private ConfigTokens tokens(String user, int port) {
    Map<String, String> tokens = new HashMap<>();
    tokens.put("%", "%");
    tokens.put("d", home.toString());
    tokens.put("h", host());
    tokens.put("k", config.first("hostkeyalias").orElse(alias()));
    tokens.put("n", alias());
    tokens.put("p", String.valueOf(port));
    tokens.put("r", user);
    tokens.put("u", localUser());
    return new ConfigTokens(home, tokens, environment);
  }

  private static String localUser() {
    return System.getProperty("user.name");
  }

  private static <T> T valid(String text, Function<String, T> check) {
    try {
      return check.apply(text);
    } catch (IllegalArgumentException e) {
      throw SshConfig.unreadable(e.getMessage() + ".", e);
    }
  }
}
