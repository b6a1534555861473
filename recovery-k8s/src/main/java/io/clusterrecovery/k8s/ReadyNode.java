package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A node that is Ready and alive.
 *
 * @param name its name
 * @param heartbeat its kubelet's latest sign of life, by the host's clock
 * @param machineId the id of its machine; "" if its kubelet didn't say
 * @param internalIps its InternalIP addresses
 * @param kubeletVersion the version of its kubelet; "" if it didn't say
 */
public record ReadyNode(
    String name,
    Instant heartbeat,
    String machineId,
    List<String> internalIps,
    String kubeletVersion) {

  /** Checks for null, copies the list. */
  public ReadyNode {
    requireNonNull(name, "name");
    requireNonNull(heartbeat, "heartbeat");
    requireNonNull(machineId, "machineId");
    internalIps = List.copyOf(internalIps);
    requireNonNull(kubeletVersion, "kubeletVersion");
  }

  @Override
  public String toString() {
    return "%s Ready at %s, %s, heartbeat %s"
        .formatted(name, String.join(" ", internalIps), kubeletVersion, heartbeat);
  }
}
