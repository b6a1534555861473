package io.clusterrecovery.k8s;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells signs of life from what a restored snapshot remembers.
 *
 * <p>Hosts stamp them by their own clocks, so one that moves on while it is watched counts too:
 * what was restored never moves.
 */
final class Heartbeats {
  private final Map<String, Instant> first = new HashMap<>();

  /**
   * {@return whether the sign is later than the limit, or has moved on since it was first seen}
   *
   * @param limit by the API server's clock
   */
  boolean alive(String who, Optional<Instant> sign, Instant limit) {
    if (sign.isEmpty()) {
      return false;
    }
    Instant before = first.putIfAbsent(who, sign.get());
    boolean moved = before != null && sign.get().isAfter(before);
    return moved || sign.get().isAfter(limit);
  }
}
