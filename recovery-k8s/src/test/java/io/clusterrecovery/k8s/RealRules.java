package io.clusterrecovery.k8s;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.clusterrecovery.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Posts bad requests to a real API server and judges what it made of them. */
final class RealRules {
  private static final String ALONE = "good-and-alone";

  private final KubeApi api;
  private final Forger forger;
  private final Map<String, String> posted = new LinkedHashMap<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private final Instant start;

  RealRules(Path kubeconfig) {
    this.api = KubeApi.of(Forger.client(kubeconfig));
    this.forger = new Forger(kubeconfig);
    this.start = api.get("/version").date().orElseThrow();
    letAnybodyAsk();
  }

  /** Posts each, but for those that the caller says cannot be. */
  void post(Set<String> impossible) {
    for (BadRequest bad : BadRequest.all()) {
      if (!impossible.contains(bad.name())) {
        post(bad);
      }
    }
    post(new BadRequest("old node", "old-host-lost", RequestFixture.client("master-0")));
    post(new BadRequest("one key", "one-key", RequestFixture.client("master-7")));
    post(new BadRequest("other key", "one-key", RequestFixture.client("master-7", Keys.p256())));
    post(new BadRequest("denied", "undecided", RequestFixture.client("master-6")));
    deny(name("denied"));
    forger.post(ALONE, RequestFixture.client("master-5"));
  }

  /** {@return the names of those that the API server itself did not take} */
  Set<String> refused() {
    return refused;
  }

  /** {@return for each request that was posted, the one rule it should break} */
  Map<String, String> expected() {
    return posted;
  }

  /** {@return for each request that was posted, the rules it does break} */
  Map<String, List<String>> broken() {
    return broken(start);
  }

  /** {@return what the good one breaks if requests have to be from later on} */
  List<String> brokenLater() {
    return broken(start.plusSeconds(3600)).getOrDefault(ALONE, List.of());
  }

  /** {@return how many requests of the API are approved that were posted here} */
  long approved() {
    return world().requests().stream()
        .filter(r -> posted.containsKey(r.name()) || r.name().equals(ALONE))
        .filter(r -> r.condition(Condition.APPROVED).isPresent())
        .count();
  }

  CsrSettings settings() {
    Map<String, ExpectedNode> nodes = new LinkedHashMap<>();
    List<String> addresses = List.of(BadRequest.IP, "fd00::13", "master-3.example.com");
    nodes.put(BadRequest.NODE, ExpectedNode.of(BadRequest.NODE, addresses));
    for (String name : List.of("master-0", "master-5", "master-6", "master-7")) {
      nodes.put(name, ExpectedNode.of(name, List.of()));
    }
    return new CsrSettings(
        nodes,
        start,
        Requester.bootstrapTokens(),
        Set.of(),
        Set.of(),
        false,
        Map.of(),
        Duration.ZERO,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1));
  }

  private Map<String, List<String>> broken(Instant limit) {
    Map<String, List<String>> broken = new LinkedHashMap<>();
    for (Judged judged : new CsrJudge(settings(), limit).judge(world())) {
      broken.put(
          judged.request().name(),
          judged.verdicts().stream()
              .filter(v -> v.result() == RuleVerdict.Result.BROKEN)
              .map(RuleVerdict::rule)
              .toList());
    }
    return broken;
  }

  private CsrWorld world() {
    Set<String> nodes = settings().nodes().keySet();
    return new CsrObserver(
            api,
            CsrApi.V1,
            Clock.system(),
            nodes,
            WatchedObjects::new,
            new KubeletHosts(Map.of(), Clock.system()))
        .readAll();
  }

  private void post(BadRequest bad) {
    try {
      posted.put(forger.post(name(bad.name()), bad.request()), bad.rule());
    } catch (ApiFailure e) {
      refused.add(bad.name());
    }
  }

  private static String name(String text) {
    return "bad-" + text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  private void deny(String name) {
    JsonObject csr = api.get(CsrApi.V1.path(name)).body();
    RequestFixture.condition(csr, Condition.DENIED, "ByATest");
    api.put(CsrApi.V1.path(name) + "/approval", csr);
  }

  /** So that a request by the wrong groups can be made at all; it lets nobody read any. */
  private void letAnybodyAsk() {
    JsonObject rule = new JsonObject();
    rule.add("apiGroups", list("certificates.k8s.io"));
    rule.add("resources", list("certificatesigningrequests"));
    rule.add("verbs", list("create"));
    JsonArray rules = new JsonArray();
    rules.add(rule);
    JsonObject role = new JsonObject();
    role.add("metadata", named("anybody-asks", ""));
    role.add("rules", rules);
    api.post("/apis/rbac.authorization.k8s.io/v1/clusterroles", role);
    JsonObject binding = new JsonObject();
    binding.add("metadata", named("anybody-asks", ""));
    binding.add("roleRef", named("anybody-asks", "ClusterRole"));
    JsonArray subjects = new JsonArray();
    subjects.add(named("system:authenticated", "Group"));
    binding.add("subjects", subjects);
    api.post("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", binding);
  }

  private static JsonArray list(String value) {
    JsonArray list = new JsonArray();
    list.add(value);
    return list;
  }

  private static JsonObject named(String name, String kind) {
    JsonObject object = new JsonObject();
    object.addProperty("name", name);
    if (!kind.isEmpty()) {
      object.addProperty("kind", kind);
      object.addProperty("apiGroup", "rbac.authorization.k8s.io");
    }
    return object;
  }
}
