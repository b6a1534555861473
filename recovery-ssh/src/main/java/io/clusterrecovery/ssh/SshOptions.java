package io.clusterrecovery.ssh;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the builder of a host was told so far. */
final class SshOptions {
  final Once<Integer> port = new Once<>("port");
  final Once<String> user = new Once<>("user");
  final Once<KeyFile> identity = new Once<>("identity");
  final Once<Path> agent = new Once<>("agent");
  final Once<List<Path>> knownHosts = new Once<>("knownHosts");
  final Once<List<Pin>> hostKey = new Once<>("hostKey");
  final Once<List<Pin>> consoleHostKeys = new Once<>("consoleHostKeys");
  final Once<Pin> rebuilt = new Once<>("rebuilt");
  final Once<Duration> connectLimit = new Once<>("connectLimit");
  final Once<Duration> reconnectLimit = new Once<>("reconnectLimit");
  final Once<Secret> sudoPassword = new Once<>("sudoPassword");
  final Once<Clock> clock = new Once<>("clock");
  private final String host;

  SshOptions(String host) {
    this.host = SshName.host(host);
  }

  SshSettings settings() {
    return new SshSettings(
        host,
        port.or(SshHost.DEFAULT_PORT),
        required(user, "user(…)"),
        login(),
        trust(),
        connectLimit.or(Duration.ofSeconds(SshHost.DEFAULT_CONNECT_SECONDS)),
        reconnectLimit.or(Duration.ofSeconds(SshHost.DEFAULT_RECONNECT_SECONDS)),
        clock.or(Clock.system()),
        sudoPassword.orNull());
  }

  private Login login() {
    return identity.isSet() || agent.isSet()
        ? Login.with(Optional.ofNullable(identity.orNull()), Optional.ofNullable(agent.orNull()))
        : Login.byDefault(Path.of(System.getProperty("user.home")), System.getenv());
  }

  private TrustSettings trust() {
    if (!(knownHosts.isSet() || hostKey.isSet() || consoleHostKeys.isSet() || rebuilt.isSet())) {
      throw missing("knownHosts(…), hostKey(…) or consoleHostKeys(…)");
    }
    List<Pin> pinned =
        Stream.of(hostKey, consoleHostKeys).flatMap(o -> o.or(List.of()).stream()).toList();
    List<Pin> rebuiltKeys = Stream.ofNullable(rebuilt.orNull()).toList();
    return new TrustSettings(knownHosts.or(List.of()), pinned, rebuiltKeys, null);
  }

  private <T> T required(Once<T> option, String setter) {
    if (!option.isSet()) {
      throw missing(setter);
    }
    return requireNonNull(option.orNull());
  }

  private IllegalStateException missing(String setter) {
    return new IllegalStateException("SshHost.at(\"" + host + "\") needs ." + setter);
  }
}
