package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A node as the API shows it.
 *
 * @param ready the status of its Ready condition, "" if it has none
 * @param reason what the Ready condition says besides
 * @param heartbeat when its kubelet last gave a sign of life, by the host's clock
 */
record NodeState(
    String name,
    String ready,
    String reason,
    Optional<Instant> heartbeat,
    List<String> internalIps,
    String kubeletVersion) {

  /** Reads a Node object and, where there is one, its Lease. */
  static NodeState of(String name, JsonObject node, Optional<Instant> renewed) {
    JsonObject ready =
        Doc.objects(node, "status", "conditions").stream()
            .filter(c -> Doc.text(c, "type").equals("Ready"))
            .findFirst()
            .orElseGet(JsonObject::new);
    List<String> ips =
        Doc.objects(node, "status", "addresses").stream()
            .filter(a -> Doc.text(a, "type").equals("InternalIP"))
            .map(a -> Doc.text(a, "address"))
            .toList();
    return new NodeState(
        name,
        Doc.text(ready, "status"),
        Shown.text(Doc.text(ready, "reason") + " " + Doc.text(ready, "message")),
        later(renewed, Doc.time(ready, "lastHeartbeatTime")),
        ips,
        Doc.text(node, "status", "nodeInfo", "kubeletVersion"));
  }

  boolean isReady() {
    return ready.equals("True");
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isAfter(other.get()) ? one : other;
  }
}
