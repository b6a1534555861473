package io.clusterrecovery.k8s;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the caller said; times by the clock of the run. */
record ReadinessSettings(
    List<String> nodes,
    Optional<Instant> heartbeatAfter,
    Optional<Instant> controllersAfter,
    Duration limit) {
  static final Duration LIMIT = Duration.ofMinutes(20);

  ReadinessSettings {
    nodes = List.copyOf(nodes);
  }

  String shown() {
    String asked = nodes.isEmpty() ? "" : ", nodes " + String.join(", ", nodes) + " Ready";
    return "API ready" + (controllersAfter.isPresent() ? ", controllers at work" : "") + asked;
  }
}
