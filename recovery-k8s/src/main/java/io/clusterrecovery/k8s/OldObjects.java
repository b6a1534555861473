package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the Node and Machine objects that go by the names of expected nodes. */
final class OldObjects {
  private static final Set<String> NAME_TYPES = Set.of("InternalDNS", "Hostname");

  private final KubeApi api;
  private final Set<String> nodes;
  private boolean machines = true;

  OldObjects(KubeApi api, Set<String> nodes) {
    this.api = api;
    this.nodes = Set.copyOf(nodes);
  }

  /** {@return for each expected node that has any, its objects} */
  Map<String, List<OldObject>> read() {
    Map<String, List<OldObject>> found = new HashMap<>();
    for (String node : nodes) {
      api.find("/api/v1/nodes/" + node)
          .ifPresent(r -> add(found, node, new OldObject("Node object", created(r.body()))));
    }
    for (JsonObject machine : machines()) {
      String name = "Machine " + Shown.text(Doc.text(machine, "metadata", "name"));
      OldObject object = new OldObject(name, created(machine));
      nodes.stream().filter(n -> isOf(machine, n)).forEach(n -> add(found, n, object));
    }
    return found;
  }

  /** Only OpenShift has them; where the API does not know them it is not asked again. */
  private List<JsonObject> machines() {
    Optional<Reply> reply = machines ? api.find(ApiResource.MACHINES.path()) : Optional.empty();
    machines = reply.isPresent();
    return reply.map(r -> Doc.objects(r.body(), "items")).orElse(List.of());
  }

  private static boolean isOf(JsonObject machine, String node) {
    Stream<String> names =
        Doc.objects(machine, "status", "addresses").stream()
            .filter(a -> NAME_TYPES.contains(Doc.text(a, "type")))
            .map(a -> Doc.text(a, "address"));
    Stream<String> own =
        Stream.of(
            Doc.text(machine, "metadata", "name"), Doc.text(machine, "status", "nodeRef", "name"));
    return Stream.concat(own, names).anyMatch(name -> DnsName.normalized(name).equals(node));
  }

  private static Instant created(JsonObject object) {
    return Doc.time(object, "metadata", "creationTimestamp").orElse(Instant.EPOCH);
  }

  private static void add(Map<String, List<OldObject>> found, String node, OldObject object) {
    found.computeIfAbsent(node, n -> new ArrayList<>()).add(object);
  }
}
