package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Node objects of hosts that were declared lost: workloads still seem to run on them. */
final class StaleNodes implements ClusterCheck<List<StaleNodes.Seen>> {
  private static final String NODES = "/api/v1/nodes/";

  /** A Node object, and when its lease was renewed last. */
  record Seen(JsonObject node, Optional<Instant> renewed) {
    String name() {
      return Doc.text(node, "metadata", "name");
    }

    boolean madeAfter(Instant time) {
      return Doc.time(node, "metadata", "creationTimestamp").filter(time::isBefore).isPresent();
    }

    boolean aliveAfter(Instant time) {
      Optional<Instant> told = NodeState.of(node).heartbeat();
      return told.filter(time::isBefore).isPresent() || renewed.filter(time::isBefore).isPresent();
    }
  }

  @Override
  public String name() {
    return "stale-nodes";
  }

  @Override
  public List<Seen> observe(KubeApi api, CleanSettings settings) {
    List<Seen> seen = new ArrayList<>();
    for (String name : settings.lost().keySet()) {
      Optional<Instant> renewed =
          LeaderLock.lease(api, "kube-node-lease", name).flatMap(LeaderLock::renewed);
      api.find(NODES + name).ifPresent(node -> seen.add(new Seen(node.body(), renewed)));
    }
    return seen;
  }

  @Override
  public Diagnosis judge(List<Seen> facts, CleanSettings settings) {
    Instant restored = settings.restoredAt();
    List<Seen> old = facts.stream().filter(n -> !n.madeAfter(restored)).toList();
    List<String> alive = old.stream().filter(n -> n.aliveAfter(restored)).map(Seen::name).toList();
    if (!alive.isEmpty()) {
      return Diagnosis.alive("nodes of hosts declared lost are alive", alive);
    }
    return Diagnosis.curableIfAny(
        "no Node object of a lost host",
        "%d Node objects of lost hosts",
        old.stream().map(StaleNodes::remedy).toList());
  }

  private static Remedy remedy(Seen seen) {
    String name = seen.name();
    Change change =
        Change.of("delete-node/" + name, "delete the Node object", name, "of a lost host", "gone")
            .withoutUndo();
    return new Remedy(change, ApiWrite.Delete.of(NODES + name, seen.node()));
  }
}
