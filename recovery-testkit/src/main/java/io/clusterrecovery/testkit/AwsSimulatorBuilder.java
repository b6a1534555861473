package io.clusterrecovery.testkit;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of an {@link AwsSimulator} to be started. Not safe for use by several threads. */
public final class AwsSimulatorBuilder {
  private final Path dir;
  private InetSocketAddress listen = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private Path moto = MotoServer.installed();
  private String zone = "lab.test";
  private Duration ttl = Duration.ofSeconds(60);
  private final Map<String, String> records = new LinkedHashMap<>();
  private final List<String> internal = new ArrayList<>();
  private final List<String> external = new ArrayList<>();
  private final Map<String, String> instances = new LinkedHashMap<>();
  private int port = 6443;
  private Duration syncDelay = Duration.ofSeconds(2);
  private Duration healthInterval = Duration.ofSeconds(1);
  private int healthThreshold = 2;
  private Duration drainDelay = Duration.ofSeconds(3);

  AwsSimulatorBuilder(Path dir) {
    this.dir = requireNonNull(dir, "dir");
  }

  /** Listens there; by default on a free port of 127.0.0.1. */
  public AwsSimulatorBuilder listen(InetSocketAddress address) {
    this.listen = requireNonNull(address, "address");
    return this;
  }

  /** Takes moto from the {@code bin} folder of that virtual environment. */
  public AwsSimulatorBuilder moto(Path bin) {
    this.moto = requireNonNull(bin, "bin");
    return this;
  }

  /** Names the private zone; {@code lab.test} by default. */
  public AwsSimulatorBuilder zone(String name) {
    this.zone = requireNonNull(name, "name");
    return this;
  }

  /** Sets the TTL of the records there from the start; 60 s by default. */
  public AwsSimulatorBuilder ttl(Duration ttl) {
    this.ttl = requireNonNull(ttl, "ttl");
    return this;
  }

  /**
   * Adds an A record that is there from the start. Those named {@code etcd-…} are also what the SRV
   * record {@code _etcd-server-ssl._tcp} lists.
   */
  public AwsSimulatorBuilder record(String shortName, String ip) {
    records.put(requireNonNull(shortName, "shortName"), requireNonNull(ip, "ip"));
    return this;
  }

  /** Adds a target to both groups. */
  public AwsSimulatorBuilder target(String ip) {
    return internalTarget(ip).externalTarget(ip);
  }

  /** Adds a target to the internal group. */
  public AwsSimulatorBuilder internalTarget(String ip) {
    internal.add(requireNonNull(ip, "ip"));
    return this;
  }

  /** Adds a target to the external group. */
  public AwsSimulatorBuilder externalTarget(String ip) {
    external.add(requireNonNull(ip, "ip"));
    return this;
  }

  /** Adds an EC2 instance that target groups of type {@code instance} take, at that address. */
  public AwsSimulatorBuilder instance(String id, String ip) {
    instances.put(requireNonNull(id, "id"), requireNonNull(ip, "ip"));
    return this;
  }

  /** Sets the port of both target groups; 6443 by default. */
  public AwsSimulatorBuilder port(int port) {
    this.port = port;
    return this;
  }

  /** Keeps each DNS change pending for that long; 2 s by default. */
  public AwsSimulatorBuilder syncDelay(Duration delay) {
    this.syncDelay = requireNonNull(delay, "delay");
    return this;
  }

  /** Checks targets that often; every second by default. */
  public AwsSimulatorBuilder healthInterval(Duration interval) {
    this.healthInterval = requireNonNull(interval, "interval");
    return this;
  }

  /** Calls a target healthy, or unhealthy, after that many checks; 2 by default. */
  public AwsSimulatorBuilder healthThreshold(int checks) {
    this.healthThreshold = checks;
    return this;
  }

  /** Keeps a deregistered target draining for that long; 3 s by default. */
  public AwsSimulatorBuilder drainDelay(Duration delay) {
    this.drainDelay = requireNonNull(delay, "delay");
    return this;
  }

  /**
   * Starts it, in this JVM, and returns when it answers.
   *
   * @throws IllegalStateException when moto isn't installed or doesn't start
   */
  public AwsSimulator start() {
    return AwsSimulator.start(
        new AwsSettings(
            dir,
            listen,
            moto,
            zone,
            ttl,
            records,
            internal,
            external,
            instances,
            port,
            syncDelay,
            healthInterval,
            healthThreshold,
            drainDelay));
  }
}
