package io.clusterrecovery.k8s;

import io.clusterrecovery.ClusterStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the caller said.
 *
 * @param restoredAt when the restore was verified
 * @param lost the hosts that were declared lost, with their addresses
 * @param store the store below the API, where it was given
 */
record CleanSettings(
    Instant restoredAt, Map<String, List<String>> lost, Optional<ClusterStore> store) {
  CleanSettings {
    lost = Collections.unmodifiableMap(new LinkedHashMap<>(lost));
  }

  /** {@return this with the time by a clock that is that far ahead} */
  CleanSettings ahead(Duration ahead) {
    return new CleanSettings(restoredAt.plus(ahead), lost, store);
  }

  /**
   * {@return the lost host that a leader's identity names} Those of Kubernetes are the host's name,
   * alone or before an underscore and something random; it may be with or without its domain.
   */
  Optional<String> lostHolder(String identity) {
    int end = identity.indexOf('_');
    String host = end < 0 ? identity : identity.substring(0, end);
    return lost.keySet().stream().filter(name -> isSame(name, host)).findFirst();
  }

  private static boolean isSame(String one, String other) {
    return one.equals(other) || one.startsWith(other + ".") || other.startsWith(one + ".");
  }

  /** {@return the lost host that has that address} */
  Optional<String> lostAddress(String address) {
    return lost.entrySet().stream()
        .filter(host -> host.getValue().contains(address))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
