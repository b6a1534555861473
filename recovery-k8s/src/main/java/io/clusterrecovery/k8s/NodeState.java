package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A node as the API shows it.
 *
 * @param role whether its labels say that it is of the control plane
 * @param ready the status of its Ready condition, "" if it has none
 * @param reason what the Ready condition says besides
 * @param heartbeat when its kubelet last said how it is, by the host's clock
 * @param machineId the id of the machine whose kubelet wrote it, "" if it doesn't say
 */
record NodeState(
    String name,
    boolean role,
    String ready,
    String reason,
    Optional<Instant> heartbeat,
    String machineId,
    List<String> internalIps,
    String kubeletVersion) {
  private static final List<String> ROLES =
      List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

  /** Reads a Node object. */
  static NodeState of(JsonObject node) {
    JsonObject ready = Doc.condition(node, "Ready");
    return new NodeState(
        Doc.text(node, "metadata", "name"),
        ROLES.stream().anyMatch(role -> Doc.has(node, "metadata", "labels", role)),
        Doc.text(ready, "status"),
        Shown.text(Doc.text(ready, "reason") + " " + Doc.text(ready, "message")),
        Doc.time(ready, "lastHeartbeatTime"),
        Doc.text(node, "status", "nodeInfo", "machineID"),
        Doc.addresses(node, "InternalIP"),
        Doc.text(node, "status", "nodeInfo", "kubeletVersion"));
  }

  boolean isReady() {
    return ready.equals("True");
  }
}
