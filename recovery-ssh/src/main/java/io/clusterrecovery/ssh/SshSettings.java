package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Secret;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a host is reached, all of it given.
 *
 * @param via the host through which it is reached, or null if directly
 */
record SshSettings(
    String host,
    int port,
    String user,
    Login login,
    TrustSettings trust,
    @Nullable SshSettings via,
    Duration connectLimit,
    Duration reconnectLimit,
    Duration silence,
    Clock clock,
    @Nullable Secret sudoPassword) {

  String address() {
    return port == SshHost.DEFAULT_PORT ? host : host + ":" + port;
  }

  /** {@return what was forced for it, and for those through which it is reached} */
  List<String> forced() {
    Stream<String> own =
        trust.rebuilt().stream()
            .map(p -> "rebuilt(%s) of %s".formatted(p.fingerprint(), address()));
    Stream<String> ofJumps = via == null ? Stream.empty() : via.forced().stream();
    return Stream.concat(own, ofJumps).toList();
  }
}
