package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeSignsTest {
  private static final Instant RESTORED = Instant.parse("2024-05-01T10:00:00Z");
  private static final Instant BEFORE = RESTORED.minusSeconds(600);
  private static final Instant LATER = RESTORED.plusSeconds(10);

  private final Map<String, Instant> leases = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Map<String, String> machines = new HashMap<>();
  private final NodeSigns signs = new NodeSigns(new Heartbeats(), machines, this::lease);

  @Test
  void sort_heartbeatOfTheNodeItself_countsWithoutItsLease() {
    assertThat(missing(node("True", LATER, "ab12", "10.0.1.13"))).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void sort_oldHeartbeat_needsTheLease() {
    NodeState node = node("True", BEFORE, "ab12", "10.0.1.13");
    assertThat(missing(node)).containsExactly(says(BEFORE));
    leases.put("master-3", LATER);
    assertThat(missing(node)).isEmpty();
  }

  @Test
  void sort_bothOldThoughOneIsNewerThanTheOther_isNoSignOfLife() {
    leases.put("master-3", BEFORE.plusSeconds(30));
    NodeState node = node("True", BEFORE, "ab12", "10.0.1.13");
    assertThat(missing(node)).containsExactly(says(BEFORE.plusSeconds(30)));
    assertThat(missing(node)).containsExactly(says(BEFORE.plusSeconds(30)));
  }

  @Test
  void sort_leaseThatMovesOnASlowClock_counts() {
    NodeState node = node("True", BEFORE, "ab12", "10.0.1.13");
    leases.put("master-3", BEFORE);
    assertThat(missing(node)).hasSize(1);
    leases.put("master-3", BEFORE.plusSeconds(10));
    assertThat(missing(node)).isEmpty();
  }

  @Test
  void sort_objectOfTheLostMachine_doesNotCountHoweverAlive() {
    machines.put("master-3", "cd34");
    assertThat(missing(node("True", LATER, "ab12", "10.0.1.13")))
        .containsExactly(
            "master-3 is still of another machine: its id is 'ab12', the host's is cd34");
    assertThat(missing(node("True", LATER, "CD34", "10.0.1.13"))).isEmpty();
  }

  @Test
  void sort_notReadyOrWithoutAddress_saysWhich() {
    assertThat(missing(node("Unknown", LATER, "ab12", "10.0.1.13")))
        .containsExactly("master-3 is not Ready: KubeletStopped");
    assertThat(missing(node("True", LATER, "ab12", "")))
        .containsExactly("master-3 has no InternalIP");
  }

  @Test
  void wanted_eitherLabelOrNamed_isKept() {
    KnownObjects<NodeState> nodes = new KnownObjects<>(naming("named")::wanted);
    nodes.add(labelled("a", "node-role.kubernetes.io/master"));
    nodes.add(labelled("b", "node-role.kubernetes.io/control-plane"));
    nodes.add(labelled("c", "node-role.kubernetes.io/worker"));
    nodes.add(labelled("named", "any"));
    assertThat(nodes.all()).extracting(NodeState::name).containsExactly("a", "b", "named");
    assertThat(nodes.all()).extracting(NodeState::role).containsExactly(true, true, false);
    nodes.add(labelled("b", "any"));
    nodes.drop(labelled("a", ""));
    assertThat(nodes.all()).extracting(NodeState::name).containsExactly("named");
  }

  private static ControlPlaneSettings naming(String node) {
    return new ControlPlaneSettings(
        List.of(node), Map.of(), 0, Optional.empty(), Optional.empty(), Duration.ofMinutes(1));
  }

  private List<String> missing(NodeState node) {
    List<ReadyNode> ready = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    signs.sort(node, RESTORED, ready, missing);
    assertThat(ready).hasSize(missing.isEmpty() ? 1 : 0);
    return missing;
  }

  private Optional<Instant> lease(String node) {
    asked.add(node);
    return Optional.ofNullable(leases.get(node));
  }

  private static String says(Instant heartbeat) {
    return "master-3 says Ready, but its last heartbeat was at " + heartbeat;
  }

  private static NodeState node(String ready, Instant heartbeat, String machine, String ip) {
    List<String> ips = ip.isEmpty() ? List.of() : List.of(ip);
    return new NodeState(
        "master-3", true, ready, "KubeletStopped", Optional.of(heartbeat), machine, ips, "v1.34.4");
  }

  private static JsonObject labelled(String name, String label) {
    return JsonParser.parseString(
            "{\"metadata\": {\"name\": \"%s\", \"labels\": {\"%s\": \"\"}}}".formatted(name, label))
        .getAsJsonObject();
  }
}
