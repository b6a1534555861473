package io.clusterrecovery.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes what a TCP balancer needs in order to do what the target groups say: HAProxy's file. */
final class AwsBalancerConfig {
  // Connections to a target that failed are cut, as a network load balancer does.
  private static final String HEAD =
      """
      global
        maxconn 2000
        hard-stop-after 5s
      defaults
        mode tcp
        timeout connect 2s
        timeout client 2m
        timeout server 2m
        timeout client-fin 2s
        timeout server-fin 2s
        timeout check 1s
        retries 2
        option redispatch
        balance roundrobin
        default-server inter 1s fall 2 rise 1 on-marked-down shutdown-sessions
      """;

  private final Path file;

  AwsBalancerConfig(Path file) {
    this.file = file;
  }

  void write(List<AwsTarget> internal, List<AwsTarget> external) {
    AwsFiles.write(file, render(internal, external));
  }

  static String render(List<AwsTarget> internal, List<AwsTarget> external) {
    return HEAD + section("internal", 6443, internal) + section("external", 7443, external);
  }

  private static String section(String name, int port, List<AwsTarget> targets) {
    String servers =
        targets.stream().map(AwsBalancerConfig::server).sorted().collect(Collectors.joining());
    return """
        frontend %s
          bind *:%d
          default_backend %s-targets
        backend %s-targets
        """
            .formatted(name, port, name, name)
        + servers;
  }

  private static String server(AwsTarget target) {
    String name = target.id().replace('.', '-') + "-" + target.port();
    return String.format(
        Locale.ROOT, "  server %s %s:%d check%n", name, target.id(), target.port());
  }
}
