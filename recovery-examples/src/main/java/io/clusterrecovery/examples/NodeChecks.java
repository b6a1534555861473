package io.clusterrecovery.examples;

import com.fasterxml.jackson.databind.JsonNode;
import io.clusterrecovery.testkit.LabHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The checks of nodes and certificate requests, by {@code kubectl}. */
final class NodeChecks {
  /** A kubelet renews its lease every 10 seconds, so a living node's is not older than this. */
  private static final Duration FRESH = Duration.ofSeconds(45);

  private final DrillLab drill;
  private final LabTools tools;

  NodeChecks(DrillLab drill, LabTools tools) {
    this.drill = drill;
    this.tools = tools;
  }

  List<Check> all() {
    return List.of(
        ready(),
        Check.of("lost-nodes-gone", this::lostNodesGone),
        Check.of("forged-pending", this::forgedPending));
  }

  /** All three nodes live, and say that they are ready. */
  Check ready() {
    return Check.of("nodes-ready-3", this::nodesReady);
  }

  private Check nodesReady() {
    Set<String> fresh = freshNodes();
    Set<String> found = new TreeSet<>();
    JsonNode nodes = DrillObjects.parse(tools.kubectl().run("get", "nodes", "-o", "json"));
    for (JsonNode node : nodes.path("items")) {
      String name = node.path("metadata").path("name").asText();
      for (JsonNode condition : node.path("status").path("conditions")) {
        boolean ready =
            condition.path("type").asText().equals("Ready")
                && condition.path("status").asText().equals("True");
        if (ready && fresh.contains(name)) {
          found.add(name);
        }
      }
    }
    Set<String> wanted = new TreeSet<>(drill.members().stream().map(LabHost::name).toList());
    return Check.equal("nodes-ready-3", wanted, found);
  }

  /** Neither a Node object is left of a lost host, nor its address behind the service. */
  private Check lostNodesGone() {
    String left =
        tools.kubectl().run("get", "nodes", "-o", "name")
            + tools.kubectl().run("get", "endpoints", "kubernetes", "-o", "yaml");
    List<String> found =
        DrillLab.LOST.stream()
            .filter(
                name ->
                    left.contains("node/" + name + "\n")
                        || left.contains("ip: " + drill.lab().host(name).address() + "\n"))
            .toList();
    return new Check(
        "lost-nodes-gone",
        found.isEmpty(),
        found.isEmpty() ? "none of them left" : "left " + found);
  }

  private Set<String> freshNodes() {
    Set<String> fresh = new TreeSet<>();
    String json = tools.kubectl().run("get", "leases", "-n", "kube-node-lease", "-o", "json");
    Instant oldest = Instant.now().minus(FRESH);
    for (JsonNode lease : DrillObjects.parse(json).path("items")) {
      String renewed = lease.path("spec").path("renewTime").asText();
      if (!renewed.isEmpty() && Instant.parse(renewed).isAfter(oldest)) {
        fresh.add(lease.path("metadata").path("name").asText());
      }
    }
    return fresh;
  }

  private Check forgedPending() {
    List<String> found = new ArrayList<>();
    for (String name : ForgedRequests.NAMES) {
      JsonNode status =
          DrillObjects.parse(tools.kubectl().run("get", "csr", name, "-o", "json")).path("status");
      if (status.has("conditions") || status.has("certificate")) {
        found.add(name + " is " + status);
      }
    }
    return new Check(
        "forged-pending",
        found.isEmpty(),
        found.isEmpty() ? "3 still pending" : String.join("; ", found));
  }
}
