package io.clusterrecovery.testkit;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Everything an {@link AwsSimulator} is started with. */
record AwsSettings(
    Path dir,
    InetSocketAddress listen,
    Path moto,
    String zone,
    Duration ttl,
    Map<String, String> records,
    List<String> internal,
    List<String> external,
    Map<String, String> instances,
    int port,
    Duration syncDelay,
    Duration healthInterval,
    int healthThreshold,
    Duration drainDelay) {
  AwsSettings {
    records = Map.copyOf(records);
    internal = List.copyOf(internal);
    external = List.copyOf(external);
    instances = Map.copyOf(instances);
  }
}
