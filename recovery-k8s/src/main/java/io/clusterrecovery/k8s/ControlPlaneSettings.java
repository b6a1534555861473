package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.RemoteHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the caller said; times by the clock of the run.
 *
 * @param nodes the nodes that were named
 * @param machines the hosts of those nodes whose machine was given
 * @param controlPlaneNodes how many nodes of the control plane there have to be at least
 */
record ControlPlaneSettings(
    List<String> nodes,
    Map<String, RemoteHost> machines,
    int controlPlaneNodes,
    Optional<Instant> heartbeatAfter,
    Optional<Instant> controllersAfter,
    Duration limit) {
  static final Duration LIMIT = Duration.ofMinutes(15);

  ControlPlaneSettings {
    nodes = List.copyOf(nodes);
    machines = Collections.unmodifiableMap(new LinkedHashMap<>(machines));
  }

  boolean asksForNodes() {
    return controlPlaneNodes > 0 || !nodes.isEmpty();
  }

  /** {@return the node, if it was named or its labels say that it is of the control plane} */
  Optional<NodeState> wanted(JsonObject node) {
    return Optional.of(NodeState.of(node)).filter(n -> n.role() || nodes.contains(n.name()));
  }

  /** {@return the nodes that are asked for, in words} */
  String nodesShown() {
    List<String> words = new ArrayList<>();
    if (!nodes.isEmpty()) {
      words.add(String.join(", ", nodes));
    }
    if (controlPlaneNodes > 0) {
      words.add(controlPlaneNodes + " of the control plane");
    }
    return String.join(", and ", words);
  }

  String shown() {
    return "API ready"
        + (controllersAfter.isPresent() ? ", controllers at work" : "")
        + (asksForNodes() ? ", nodes Ready: " + nodesShown() : "");
  }

  /** {@return each forcing that the caller wrote} */
  List<String> forced() {
    return machines.values().stream().flatMap(host -> host.forced().stream()).distinct().toList();
  }
}
