package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the builder of a host was told so far. */
final class SshOptions {
  private static final int MOST_JUMPS = 8;

  final Once<Integer> port = new Once<>("port");
  final Once<String> user = new Once<>("user");
  final Once<KeyFile> identity = new Once<>("identity");
  final Once<Path> agent = new Once<>("agent");
  final Once<List<Path>> knownHosts = new Once<>("knownHosts");
  final Once<List<Pin>> hostKey = new Once<>("hostKey");
  final Once<List<Pin>> consoleHostKeys = new Once<>("consoleHostKeys");
  final Once<Pin> rebuilt = new Once<>("rebuilt");
  final Once<SshSettings> via = new Once<>("via");
  final Once<Duration> connectLimit = new Once<>("connectLimit");
  final Once<Duration> reconnectLimit = new Once<>("reconnectLimit");
  final Once<Duration> silence = new Once<>("silence");
  final Once<Secret> sudoPassword = new Once<>("sudoPassword");
  final Once<Clock> clock = new Once<>("clock");
  private final String host;
  private final @Nullable ConfiguredHost config;

  SshOptions(String host) {
    this.host = SshName.host(host);
    this.config = null;
  }

  SshOptions(ConfiguredHost config) {
    this.host = config.host();
    this.config = config;
  }

  SshSettings settings() {
    return settings(0);
  }

  private SshSettings settings(int jumps) {
    int at = port.or(config == null ? SshHost.DEFAULT_PORT : config.port());
    String as = user.or(config == null ? "" : config.user());
    if (as.isEmpty()) {
      throw missing("user(…)");
    }
    return new SshSettings(
        host,
        at,
        as,
        login(as, at),
        trust(as, at),
        via.isSet() || config == null ? via.orNull() : configuredVia(config, jumps),
        connectLimit.or(Duration.ofSeconds(SshHost.DEFAULT_CONNECT_SECONDS)),
        reconnectLimit.or(Duration.ofSeconds(SshHost.DEFAULT_RECONNECT_SECONDS)),
        silence.or(KeepAlive.SILENCE),
        clock.or(Clock.system()),
        sudoPassword.orNull());
  }

  private Login login(String as, int at) {
    if (identity.isSet() || agent.isSet()) {
      return Login.with(
          Optional.ofNullable(identity.orNull()), Optional.ofNullable(agent.orNull()));
    }
    return config == null
        ? Login.byDefault(Path.of(System.getProperty("user.home")), System.getenv())
        : config.login(as, at);
  }

  private TrustSettings trust(String as, int at) {
    boolean named = hostKey.isSet() || consoleHostKeys.isSet() || rebuilt.isSet();
    if (!named && !knownHosts.isSet() && config == null) {
      throw missing("knownHosts(…), hostKey(…) or consoleHostKeys(…)");
    }
    List<Pin> pinned =
        Stream.of(hostKey, consoleHostKeys).flatMap(o -> o.or(List.of()).stream()).toList();
    return new TrustSettings(
        knownHosts.or(config == null ? List.of() : config.knownHosts(as, at)),
        pinned,
        Stream.ofNullable(rebuilt.orNull()).toList(),
        config == null ? null : config.keyAlias());
  }

  /** Each jump by its own entry in the same files, the first one by its own jumps too. */
  private static @Nullable SshSettings configuredVia(ConfiguredHost config, int jumps) {
    if (jumps > MOST_JUMPS) {
      throw new IllegalStateException("the jumps to " + config.alias() + " go in a circle");
    }
    SshSettings last = null;
    for (JumpSpec jump : config.jumps()) {
      // "Host *" with a ProxyJump speaks of the jump host itself, too.
      if (!jump.host().equals(config.alias())) {
        last = hop(config, jump, last).settings(jumps + 1);
      }
    }
    return last;
  }

  private static SshOptions hop(
      ConfiguredHost config, JumpSpec jump, @Nullable SshSettings through) {
    SshOptions hop = new SshOptions(config.other(jump.host()));
    Optional.ofNullable(jump.user()).map(SshName::user).ifPresent(hop.user::set);
    Optional.ofNullable(jump.port()).ifPresent(hop.port::set);
    Optional.ofNullable(through).ifPresent(hop.via::set);
    return hop;
  }

  private IllegalStateException missing(String setter) {
    return new IllegalStateException("SshHost.at(\"" + host + "\") needs ." + setter);
  }

  @Override
  public String toString() {
    return host;
  }
}
