package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * A control plane that serves.
 *
 * @param serverVersion the API server's version
 * @param verifiedAt when the last of it was seen to be so, by the run's clock
 * @param nodes the nodes that were asked for
 * @param controllerManager who holds the controller manager's lease; "" if that was not asked for
 */
public record Readiness(
    String serverVersion, Instant verifiedAt, List<ReadyNode> nodes, String controllerManager) {

  /** Checks for null, copies the list. */
  public Readiness {
    requireNonNull(serverVersion, "serverVersion");
    requireNonNull(verifiedAt, "verifiedAt");
    nodes = List.copyOf(nodes);
    requireNonNull(controllerManager, "controllerManager");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("API " + serverVersion + " ready");
    if (!controllerManager.isEmpty()) {
      text.append("\n  controllers run by ").append(controllerManager);
    }
    nodes.forEach(node -> text.append("\n  ").append(node));
    return text.toString();
  }
}
