package io.clusterrecovery.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** Checks every target by a real TCP connect, all at the same time. */
final class AwsHealthChecker {
  private final AwsTargets targets;
  private final Map<String, String> instances;
  private final Duration timeout;
  private final int threshold;
  private final ExecutorService threads;

  AwsHealthChecker(
      AwsTargets targets,
      Map<String, String> instances,
      Duration timeout,
      int threshold,
      ExecutorService threads) {
    this.targets = targets;
    this.instances = instances;
    this.timeout = timeout;
    this.threshold = threshold;
    this.threads = threads;
  }

  /** One round; returns when each target has been checked once. */
  void round() {
    List<CompletableFuture<Void>> checks = new ArrayList<>();
    for (AwsTarget target : targets.all()) {
      checks.add(
          CompletableFuture.supplyAsync(() -> check(target), threads)
              .thenAccept(seen -> targets.update(target, h -> h.after(seen, threshold))));
    }
    checks.forEach(CompletableFuture::join);
  }

  private AwsHealth.Check check(AwsTarget target) {
    try (Socket socket = new Socket()) {
      String ip = instances.getOrDefault(target.id(), target.id());
      InetSocketAddress address = new InetSocketAddress(ip, target.port());
      socket.connect(address, Math.toIntExact(timeout.toMillis()));
      return AwsHealth.Check.CONNECTED;
    } catch (SocketTimeoutException | NoRouteToHostException e) {
      return AwsHealth.Check.TIMEOUT;
    } catch (IOException e) {
      return AwsHealth.Check.REFUSED;
    }
  }
}
