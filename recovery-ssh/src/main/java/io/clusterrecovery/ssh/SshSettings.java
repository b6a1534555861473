package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a host is reached, all of it given. */
record SshSettings(
    String host,
    int port,
    String user,
    Login login,
    TrustSettings trust,
    Duration connectLimit,
    Duration reconnectLimit,
    Clock clock,
    @Nullable Secret sudoPassword) {

  String address() {
    return port == SshHost.DEFAULT_PORT ? host : host + ":" + port;
  }
}
