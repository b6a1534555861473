package io.clusterrecovery.k8s;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells nodes that are Ready and alive from what a restored snapshot remembers of them.
 *
 * @param heartbeats what was seen of them before
 * @param machines for nodes whose host was given, its machine id
 * @param lease reads when the node's lease was renewed last
 */
record NodeSigns(
    Heartbeats heartbeats,
    Map<String, String> machines,
    Function<String, Optional<Instant>> lease) {

  /**
   * Puts the node among those that are Ready, or says why it isn't one of them.
   *
   * @param after the time of its last sign of life must be later, by the API server's clock
   */
  void sort(NodeState node, Instant after, List<ReadyNode> ready, List<String> missing) {
    String machine = machines.getOrDefault(node.name(), node.machineId());
    if (!node.machineId().equalsIgnoreCase(machine)) {
      missing.add(
          "%s is still of another machine: its id is '%s', the host's is %s"
              .formatted(node.name(), Shown.text(node.machineId()), machine));
    } else if (!node.isReady()) {
      missing.add(node.name() + " is not Ready: " + node.reason());
    } else if (node.internalIps().isEmpty()) {
      missing.add(node.name() + " has no InternalIP");
    } else {
      sortReady(node, after, ready, missing);
    }
  }

  /** The lease is only read where the node itself says too little. */
  private void sortReady(
      NodeState node, Instant after, List<ReadyNode> ready, List<String> missing) {
    Optional<Instant> sign = node.heartbeat();
    boolean alive = heartbeats.alive(node.name() + "/node", sign, after);
    if (!alive) {
      Optional<Instant> renewed = lease.apply(node.name());
      alive = heartbeats.alive(node.name() + "/lease", renewed, after);
      sign = later(renewed, sign);
    }
    if (alive) {
      ready.add(
          new ReadyNode(
              node.name(),
              sign.orElseThrow(),
              node.machineId(),
              node.internalIps(),
              node.kubeletVersion()));
    } else {
      missing.add(
          "%s says Ready, but its last heartbeat was at %s"
              .formatted(node.name(), sign.map(Instant::toString).orElse("no time")));
    }
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isAfter(other.get()) ? one : other;
  }
}
