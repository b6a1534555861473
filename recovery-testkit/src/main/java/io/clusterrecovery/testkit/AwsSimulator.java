package io.clusterrecovery.testkit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Route 53 and Elastic Load Balancing v2 on this machine, as strict as AWS documents them: moto
 * behind a proxy of ours.
 *
 * <p>A private zone and two target groups, {@code internal} and {@code external}, are there from
 * the start. DNS changes are compare-and-set, atomic, {@code PENDING} for a while and limited to
 * five requests a second; a target is healthy only when it accepts TCP connections from here. What
 * is in the zone and which targets are healthy is written to {@code zone.hosts}, {@code zone.conf}
 * (dnsmasq) and {@code haproxy.cfg} in the simulator's folder.
 *
 * <p>Safe for use by several threads. It ends, moto with it, when it is closed.
 */
public final class AwsSimulator implements AutoCloseable {
  private final MotoServer moto;
  private final HttpServer server;
  private final ExecutorService requests;
  private final ExecutorService checks;
  private final AwsTimer timer = new AwsTimer();
  private final AwsBootstrap.Made made;
  private final AwsFaults faults;
  private final AwsProxy proxy;

  private AwsSimulator(AwsSettings settings, MotoServer moto, HttpServer server) {
    this.moto = moto;
    this.server = server;
    this.faults = new AwsFaults();
    this.requests = Executors.newCachedThreadPool(AwsThreads.named("aws-request"));
    this.checks = Executors.newCachedThreadPool(AwsThreads.named("aws-check"));
    MotoClient client = new MotoClient(moto.uri());
    this.made = new AwsBootstrap(client, settings).run();
    AwsZoneFiles zone = new AwsZoneFiles(settings.dir());
    AwsZoneChanges changes =
        new AwsZoneChanges(
            settings.syncDelay(), faults::pendingHeld, System::nanoTime, zone::write);
    AwsTargets targets = new AwsTargets(settings.drainDelay(), System::nanoTime);
    AwsRoute53 route53 = new AwsRoute53(client, changes, faults);
    zone.write(route53.records(made.zoneId()));
    settings.internal().forEach(ip -> add(targets, made.internalArn(), ip, settings));
    settings.external().forEach(ip -> add(targets, made.externalArn(), ip, settings));
    startTimers(settings, changes, targets);
    server.setExecutor(requests);
    AwsElb elb = new AwsElb(client, targets, settings.instances().keySet());
    this.proxy = new AwsProxy(client, route53, elb, faults);
    server.createContext("/", proxy);
    server.start();
  }

  /**
   * Begins the description of a simulator whose files go to {@code dir}.
   *
   * @param dir a folder, made when it isn't there
   */
  public static AwsSimulatorBuilder in(Path dir) {
    return new AwsSimulatorBuilder(dir);
  }

  static AwsSimulator start(AwsSettings settings) {
    try {
      Files.createDirectories(settings.dir());
      HttpServer server = HttpServer.create(settings.listen(), 64);
      return behind(server, settings);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen at " + settings.listen(), e);
    }
  }

  private static AwsSimulator behind(HttpServer server, AwsSettings settings) {
    MotoServer moto = MotoServer.start(settings.moto(), settings.dir().resolve("moto.log"));
    try {
      return new AwsSimulator(settings, moto, server);
    } catch (RuntimeException e) {
      moto.close();
      server.stop(0);
      throw e;
    }
  }

  private static void add(AwsTargets targets, String group, String ip, AwsSettings settings) {
    targets.register(group, new AwsTarget(ip, settings.port()), "us-east-1a");
  }

  private void startTimers(AwsSettings settings, AwsZoneChanges changes, AwsTargets targets) {
    AwsHealthChecker checker =
        new AwsHealthChecker(
            targets,
            settings.instances(),
            settings.healthInterval(),
            settings.healthThreshold(),
            checks);
    AwsBalancerConfig config = new AwsBalancerConfig(settings.dir().resolve("haproxy.cfg"));
    Runnable write =
        () ->
            config.write(targets.healthy(made.internalArn()), targets.healthy(made.externalArn()));
    write.run();
    timer.repeat("settling DNS changes", Duration.ofMillis(100), changes::settle);
    timer.repeat(
        "checking targets",
        settings.healthInterval(),
        () -> {
          checker.round();
          write.run();
        });
  }

  /** {@return where clients send their requests: the endpoint of every service} */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
  }

  /** {@return the id of the private hosted zone} */
  public String zoneId() {
    return made.zoneId();
  }

  /** {@return the ARN of the target group of the internal load balancer} */
  public String internalTargetGroup() {
    return made.internalArn();
  }

  /** {@return the ARN of the target group of the external load balancer} */
  public String externalTargetGroup() {
    return made.externalArn();
  }

  /** {@return what tests use to make requests fail} */
  public AwsFaults faults() {
    return faults;
  }

  /** {@return every request that was answered or cut off so far, in the order of their answers} */
  public List<AwsCall> calls() {
    return proxy.calls();
  }

  long motoPid() {
    return moto.pid();
  }

  @Override
  public void close() {
    server.stop(0);
    timer.close();
    requests.shutdownNow();
    checks.shutdownNow();
    moto.close();
  }

  @Override
  public String toString() {
    return "AwsSimulator[" + uri() + ", zone " + zoneId() + "]";
  }
}
