package io.clusterrecovery.k8s;

import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Waits until the cluster is as it should be; one limit for all of it. */
final class ControlPlaneRun {
  private static final Duration LEAST = Duration.ofMillis(1);

  private final ControlPlaneSettings settings;
  private final ClusterLooks looks;
  private final RunContext run;
  private final Denials denials;
  private final Duration start;
  private final Heartbeats heartbeats = new Heartbeats();
  private final KnownObjects<NodeState> nodes;
  private final Map<String, String> machines;

  ControlPlaneRun(
      ControlPlaneSettings settings,
      Map<String, String> machines,
      ClusterLooks looks,
      RunContext run) {
    this.settings = settings;
    this.looks = looks;
    this.run = run;
    this.denials = new Denials(run.clock());
    this.start = run.clock().elapsed();
    this.nodes = new KnownObjects<>(settings::wanted);
    this.machines = machines;
  }

  Readiness awaitReady(ObjectFeed.Source feeds) {
    String version = await("API ready", () -> Poll.done(looks.readyVersion()));
    String controllers =
        settings
            .controllersAfter()
            .map(after -> await("controllers at work", () -> controllers(after)))
            .orElse("");
    List<ReadyNode> ready = settings.asksForNodes() ? awaitNodes(feeds) : List.of();
    return new Readiness(version, run.clock().now(), ready, controllers);
  }

  private List<ReadyNode> awaitNodes(ObjectFeed.Source feeds) {
    Instant after = settings.heartbeatAfter().orElseThrow();
    try (ObjectFeed feed = looks.nodes(feeds, nodes)) {
      String name = "nodes Ready: " + settings.nodesShown();
      return new Listening(run, feed).await(name, left(), () -> nodes(looks.serverTime(after)));
    }
  }

  private <T> T await(String name, Supplier<Poll<T>> look) {
    return run.await(Wait.named(name, left()), () -> denials.around(look));
  }

  private Poll<String> controllers(Instant after) {
    Optional<LeaderLock> leader = looks.controllerManager();
    if (leader.isEmpty()) {
      return Poll.notYet("nobody has led the controllers yet");
    }
    Optional<Instant> renewed = leader.get().renewed();
    String holder = Shown.text(leader.get().holder());
    boolean alive = heartbeats.alive("controllers", renewed, looks.serverTime(after));
    return alive && !holder.isEmpty()
        ? Poll.done(holder)
        : Poll.notYet(
            "the lease was renewed last by '%s' at %s"
                .formatted(holder, renewed.map(Instant::toString).orElse("no time")));
  }

  /** A node that was named may be of the control plane too; its lease is read once for both. */
  private Poll<List<ReadyNode>> nodes(Instant after) {
    Map<String, Optional<Instant>> leases = new HashMap<>();
    NodeSigns signs =
        new NodeSigns(
            heartbeats, machines, node -> leases.computeIfAbsent(node, looks::leaseRenewed));
    List<NodeState> all = nodes.all();
    List<ReadyNode> ready = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : settings.nodes()) {
      all.stream()
          .filter(node -> node.name().equals(name))
          .findFirst()
          .ifPresentOrElse(
              node -> signs.sort(node, after, ready, missing),
              () -> missing.add(name + " is not there"));
    }
    addControlPlane(signs, after, ready, missing);
    return missing.isEmpty() ? Poll.done(ready) : Poll.notYet(String.join("; ", missing));
  }

  /** Those that are not Ready only matter while there are too few that are. */
  private void addControlPlane(
      NodeSigns signs, Instant after, List<ReadyNode> ready, List<String> missing) {
    if (settings.controlPlaneNodes() == 0) {
      return;
    }
    List<String> others = new ArrayList<>();
    List<ReadyNode> found = new ArrayList<>();
    nodes.all().stream()
        .filter(NodeState::role)
        .forEach(node -> signs.sort(node, after, found, others));
    if (found.size() < settings.controlPlaneNodes()) {
      missing.add(
          "%d of %d nodes of the control plane are Ready"
              .formatted(found.size(), settings.controlPlaneNodes()));
      missing.addAll(others);
    }
    found.stream().filter(node -> !settings.nodes().contains(node.name())).forEach(ready::add);
  }

  private Duration left() {
    Duration left = settings.limit().minus(run.clock().elapsed().minus(start));
    return left.compareTo(LEAST) < 0 ? LEAST : left;
  }
}
