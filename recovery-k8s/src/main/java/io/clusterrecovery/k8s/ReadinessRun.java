package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits until the cluster is as it should be; one limit for all of it. */
final class ReadinessRun {
  private static final Duration LEAST = Duration.ofMillis(1);

  private final ReadinessSettings settings;
  private final ClusterLooks looks;
  private final RunContext run;
  private final Denials denials;
  private final Duration start;
  private final Heartbeats heartbeats = new Heartbeats();

  ReadinessRun(ReadinessSettings settings, ClusterLooks looks, RunContext run) {
    this.settings = settings;
    this.looks = looks;
    this.run = run;
    this.denials = new Denials(run.clock());
    this.start = run.clock().elapsed();
  }

  Readiness verify() {
    String version = await("API ready", () -> Poll.done(looks.readyVersion()));
    String controllers =
        settings
            .controllersAfter()
            .map(after -> await("controllers at work", () -> controllers(after)))
            .orElse("");
    List<ReadyNode> nodes = List.of();
    if (!settings.nodes().isEmpty()) {
      Instant after = settings.heartbeatAfter().orElseThrow();
      String names = String.join(", ", settings.nodes());
      nodes = await("nodes Ready: " + names, () -> nodes(after));
    }
    return new Readiness(version, run.clock().now(), nodes, controllers);
  }

  private <T> T await(String name, Supplier<Poll<T>> look) {
    return run.await(Wait.named(name, left()), () -> looking(look));
  }

  private <T> Poll<T> looking(Supplier<Poll<T>> look) {
    try {
      Poll<T> seen = look.get();
      denials.none();
      return seen;
    } catch (ApiFailure e) {
      return denials.judge(e);
    }
  }

  private Poll<String> controllers(Instant after) {
    Optional<JsonObject> lease = looks.controllerManager();
    if (lease.isEmpty()) {
      return Poll.notYet("there is no lease of the controller manager");
    }
    Optional<Instant> renewed = Doc.time(lease.get(), "spec", "renewTime");
    String holder = Shown.text(Doc.text(lease.get(), "spec", "holderIdentity"));
    boolean alive = heartbeats.alive("controllers", renewed, looks.serverTime(after));
    return alive && !holder.isEmpty()
        ? Poll.done(holder)
        : Poll.notYet(
            "the lease was renewed last by '%s' at %s"
                .formatted(holder, renewed.map(Instant::toString).orElse("no time")));
  }

  private Poll<List<ReadyNode>> nodes(Instant after) {
    List<ReadyNode> ready = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : settings.nodes()) {
      looks
          .node(name)
          .ifPresentOrElse(
              node -> sort(node, looks.serverTime(after), ready, missing),
              () -> missing.add(name + " is not there"));
    }
    return missing.isEmpty() ? Poll.done(ready) : Poll.notYet(String.join("; ", missing));
  }

  private void sort(NodeState node, Instant after, List<ReadyNode> ready, List<String> missing) {
    boolean alive = heartbeats.alive(node.name(), node.heartbeat(), after);
    if (!node.isReady()) {
      missing.add(node.name() + " is not Ready: " + node.reason());
    } else if (!alive) {
      missing.add(
          "%s says Ready, but its last heartbeat was at %s"
              .formatted(node.name(), node.heartbeat().map(Instant::toString).orElse("no time")));
    } else {
      ready.add(
          new ReadyNode(
              node.name(),
              node.heartbeat().orElseThrow(),
              node.internalIps(),
              node.kubeletVersion()));
    }
  }

  private Duration left() {
    Duration left = settings.limit().minus(run.clock().elapsed().minus(start));
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }
}
