package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.clusterrecovery.ApiServerLease;
import io.clusterrecovery.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each check makes of what it looks at. */
class ClusterChecksTest {
  private static final Instant RESTORED = Instant.parse("2024-05-01T10:00:00Z");
  private static final String BEFORE = "2024-05-01T09:00:00Z";
  private static final String LATER = "2024-05-01T10:00:30Z";
  private static final CleanSettings LOST =
      new CleanSettings(
          RESTORED, Map.of("master-1", List.of("10.0.0.11")), Optional.of(new FakeStore()));

  @Test
  void staleNodes_ofALostHostFromBefore_isDeleted() {
    Diagnosis found = nodes(node(BEFORE, BEFORE), Optional.of(Instant.parse(BEFORE)));
    assertThat(changes(found)).containsExactly("delete-node/master-1");
    assertThat(found.remedies().get(0).write())
        .isEqualTo(new ApiWrite.Delete("/api/v1/nodes/master-1", "uid-1", "7"));
  }

  @Test
  void staleNodes_newHostOfTheName_isLeft() {
    assertThat(nodes(node(LATER, LATER), Optional.empty()).verdict())
        .isEqualTo(new CheckVerdict.Well("no Node object of a lost host"));
  }

  @Test
  void staleNodes_lostHostThatIsAlive_isReportedAndLeft() {
    for (Diagnosis found :
        List.of(
            nodes(node(BEFORE, LATER), Optional.empty()),
            nodes(node(BEFORE, BEFORE), Optional.of(Instant.parse(LATER))))) {
      assertThat(found.verdict()).isInstanceOf(CheckVerdict.Troubled.class);
      assertThat(found.verdict().found()).endsWith("are alive: master-1");
      assertThat(found.remedies()).isEmpty();
    }
  }

  @Test
  void deadLeaders_heldByALostHost_areFreedUnlessItRenewsThem() {
    DeadLeaders check = new DeadLeaders();
    JsonObject old = lease("master-1_3f6c", BEFORE);
    assertThat(changes(check.judge(List.of(old), LOST)))
        .containsExactly("delete-lease/kube-system/kube-scheduler");
    Diagnosis alive = check.judge(List.of(old, lease("master-1_3f6c", LATER)), LOST);
    assertThat(alive.verdict().found())
        .isEqualTo(
            "leases are renewed by hosts declared lost: kube-system/kube-scheduler by master-1");
    assertThat(alive.remedies()).isEmpty();
    assertThat(check.judge(List.of(), LOST).verdict()).isInstanceOf(CheckVerdict.Well.class);
  }

  @Test
  void lostHolder_nameThatOnlyBeginsLikeIt_isAnother() {
    assertThat(LOST.lostHolder("master-1")).hasValue("master-1");
    assertThat(LOST.lostHolder("master-1_3f6c")).hasValue("master-1");
    assertThat(LOST.lostHolder("master-10_3f6c")).isEmpty();
    assertThat(LOST.lostHolder("master-1.example.com_3f6c")).hasValue("master-1");
    assertThat(LOST.lostHolder("")).isEmpty();
  }

  @Test
  void leaderLocks_heldByALostHost_loseTheirAnnotationAlone() {
    JsonObject object = locked(BEFORE);
    Diagnosis found = new LeaderLocks().judge(List.of(held(object)), LOST);
    assertThat(changes(found)).containsExactly("free-lock/kube-system/configmaps/kube-scheduler");
    assertThat(((ApiWrite.Replace) found.remedies().get(0).write()).document())
        .isEqualTo(
            json(
                """
                {"metadata": {"name": "kube-scheduler", "annotations": {"other": "stays"}},
                 "data": {"a": "b"}}
                """));
    assertThat(new LeaderLocks().judge(List.of(held(locked(LATER))), LOST).verdict().found())
        .isEqualTo(
            "locks are renewed by hosts declared lost:"
                + " kube-system/configmaps/kube-scheduler by master-1_3f6c");
  }

  @Test
  void of_annotationThatIsNoLock_isNone() {
    assertThat(LeaderLock.of(json("{\"metadata\": {}}"))).isEmpty();
    JsonObject object = locked(BEFORE);
    object
        .getAsJsonObject("metadata")
        .getAsJsonObject("annotations")
        .addProperty(LeaderLock.ANNOTATION, "nonsense");
    assertThat(LeaderLock.of(object)).isEmpty();
  }

  private static JsonObject locked(String renewed) {
    JsonObject object =
        json(
            """
            {"metadata": {"name": "kube-scheduler", "annotations": {"other": "stays"}},
             "data": {"a": "b"}}
            """);
    object
        .getAsJsonObject("metadata")
        .getAsJsonObject("annotations")
        .addProperty(
            LeaderLock.ANNOTATION,
            "{\"holderIdentity\": \"master-1_3f6c\", \"renewTime\": \"%s\"}".formatted(renewed));
    return object;
  }

  private static LeaderLocks.Held held(JsonObject object) {
    return new LeaderLocks.Held(
        "/api/v1/namespaces/kube-system/configmaps/kube-scheduler",
        object,
        LeaderLock.of(object).orElseThrow());
  }

  @Test
  void apiEndpoints_withALostHost_areReported() {
    ApiEndpoints check = new ApiEndpoints();
    assertThat(check.judge(List.of("10.0.0.10"), LOST).verdict())
        .isEqualTo(new CheckVerdict.Well("it leads to 10.0.0.10"));
    assertThat(check.judge(List.of("10.0.0.10", "10.0.0.11"), LOST).verdict().found())
        .endsWith("leads to lost hosts: 10.0.0.11 of master-1");
    assertThat(check.judge(List.of(), LOST).verdict()).isInstanceOf(CheckVerdict.Troubled.class);
  }

  @Test
  void signerPod_leftOver_isDeleted() {
    SignerPod check = new SignerPod();
    assertThat(changes(check.judge(Optional.of(json("{\"metadata\": {}}")), LOST)))
        .containsExactly("delete-pod/openshift-config/etcd-signer");
    assertThat(check.judge(Optional.empty(), LOST).verdict())
        .hasToString("well: no pod etcd-signer");
  }

  @Test
  void clusterOperators_notAvailableOrDegraded_areReportedByName() {
    DegradedOperators check = new DegradedOperators();
    JsonObject well = operator("etcd", "True", "False");
    assertThat(check.judge(new OnCluster.Absent<>("x"), LOST).verdict())
        .hasToString("well: x is not on this cluster");
    assertThat(check.judge(new OnCluster.There<>(List.of(well)), LOST).verdict())
        .hasToString("well: all 1 operators are available");
    Diagnosis found =
        check.judge(
            new OnCluster.There<>(
                List.of(
                    well,
                    operator("authentication", "False", "False"),
                    operator("network", "True", "True"))),
            LOST);
    assertThat(found.facts())
        .containsExactly(
            "authentication is not available, so nobody can log in", "network is degraded");
    assertThat(found.verdict()).isInstanceOf(CheckVerdict.Troubled.class);
  }

  @Test
  void blockingWebhooks_serviceGone_suspendedAndLaterPutBack() {
    WebhookConfig config = config("Fail", "nodes", "");
    Diagnosis found = webhooks(config, Set.of());
    assertThat(changes(found)).containsExactly("webhooks/validating/policy");
    WebhookConfig suspended = written(found);
    assertThat(suspended.webhooks().get(0).fails()).isFalse();
    assertThat(suspended.suspended()).containsExactly("check.policy");
    Diagnosis waits = webhooks(suspended, Set.of());
    assertThat(waits.verdict()).isInstanceOf(CheckVerdict.Troubled.class);
    assertThat(waits.remedies()).isEmpty();
    Diagnosis back = webhooks(suspended, Set.of("policy/gate"));
    assertThat(back.remedies().get(0).change().toString())
        .isEqualTo(
            "put the webhooks back on policy: from check.policy Ignore to check.policy Fail");
    assertThat(written(back).document()).isEqualTo(config.document());
    assertThat(webhooks(config, Set.of("policy/gate")).verdict())
        .isInstanceOf(CheckVerdict.Well.class);
  }

  @Test
  void blockingWebhooks_thatHinderNoRecovery_areLeft() {
    assertThat(webhooks(config("Ignore", "nodes", ""), Set.of()).remedies()).isEmpty();
    assertThat(webhooks(config("Fail", "widgets", ""), Set.of()).remedies()).isEmpty();
    assertThat(webhooks(config("Fail", "nodes", "apps"), Set.of()).remedies()).isEmpty();
    assertThat(webhooks(config("Fail", "nodes/status", ""), Set.of()).remedies()).hasSize(1);
    assertThat(webhooks(config("Fail", "*/*", "*"), Set.of()).remedies()).hasSize(1);
  }

  @Test
  void apiServerLeases_ofLostHosts_areForgottenUnlessRenewed() {
    StoreLeases check = new StoreLeases();
    ApiServerLease dead = new ApiServerLease("10.0.0.11", "/registry/masterleases/10.0.0.11", 7);
    ApiServerLease other = new ApiServerLease("10.0.0.12", "/registry/masterleases/10.0.0.12", 8);
    Diagnosis found = check.judge(Optional.of(List.of(dead, other)), LOST);
    assertThat(changes(found)).containsExactly("forget-api-server/10.0.0.11");
    assertThat(((ApiWrite.Forget) found.remedies().get(0).write()).lease()).isEqualTo(dead);
    assertThat(check.judge(Optional.of(List.of(other)), LOST).verdict())
        .isInstanceOf(CheckVerdict.Well.class);
    assertThat(check.judge(Optional.empty(), LOST).verdict())
        .isInstanceOf(CheckVerdict.Unknown.class);
  }

  @Test
  void storeAlarms_raised_areReported() {
    StoreAlarms check = new StoreAlarms();
    assertThat(check.judge(Optional.of(List.of()), LOST).verdict()).hasToString("well: no alarm");
    assertThat(check.judge(Optional.of(List.of("NOSPACE of member a")), LOST).facts())
        .containsExactly("NOSPACE of member a");
    assertThat(check.judge(Optional.empty(), LOST).verdict())
        .isInstanceOf(CheckVerdict.Unknown.class);
  }

  @Test
  void watchCaches_aheadOfTheStore_areReported() {
    assertThat(caches(100, 100)).isInstanceOf(CheckVerdict.Well.class);
    assertThat(caches(101, 100)).isInstanceOf(CheckVerdict.Troubled.class);
    assertThat(
            new WatchCaches()
                .judge(new WatchCaches.Seen(OptionalLong.of(1), Optional.empty()), LOST)
                .verdict())
        .isInstanceOf(CheckVerdict.Unknown.class);
  }

  private static CheckVerdict caches(long remembered, long stored) {
    return new WatchCaches()
        .judge(new WatchCaches.Seen(OptionalLong.of(remembered), Optional.of(stored)), LOST)
        .verdict();
  }

  @Test
  void blockingWebhooks_beforeKubernetes116_areFoundInTheOlderVersion() {
    try (FakeApi api = new FakeApi(new FakeClock())) {
      String group = "/apis/admissionregistration.k8s.io/v1beta1";
      JsonObject none = json("{\"items\": []}");
      JsonObject one = json("{\"items\": []}");
      one.getAsJsonArray("items").add(config("Fail", "nodes", "").document());
      api.objects.put(group, json("{}"));
      api.objects.put(group + "/mutatingwebhookconfigurations", none);
      api.objects.put(group + "/validatingwebhookconfigurations", one);
      Diagnosis found = new BlockingWebhooks().look(KubeApi.of(api.client()), LOST);
      assertThat(changes(found)).containsExactly("webhooks/validating/policy");
      assertThat(((ApiWrite.Replace) found.remedies().get(0).write()).path())
          .isEqualTo(group + "/validatingwebhookconfigurations/policy");
    }
  }

  private static Diagnosis nodes(JsonObject node, Optional<Instant> renewed) {
    return new StaleNodes().judge(List.of(new StaleNodes.Seen(node, renewed)), LOST);
  }

  private static Diagnosis webhooks(WebhookConfig config, Set<String> served) {
    return new BlockingWebhooks().judge(new BlockingWebhooks.Seen(List.of(config), served), LOST);
  }

  private static WebhookConfig written(Diagnosis diagnosis) {
    ApiWrite.Replace write = (ApiWrite.Replace) diagnosis.remedies().get(0).write();
    return new WebhookConfig("validating", "/any", write.document());
  }

  private static List<String> changes(Diagnosis diagnosis) {
    assertThat(diagnosis.verdict()).isInstanceOf(CheckVerdict.Curable.class);
    return diagnosis.remedies().stream().map(Remedy::change).map(Change::id).toList();
  }

  private static JsonObject node(String created, String heartbeat) {
    return json(
        """
        {"metadata": {"name": "master-1", "uid": "uid-1", "resourceVersion": "7",
           "creationTimestamp": "%s"},
         "status": {"conditions": [
           {"type": "Ready", "status": "True", "lastHeartbeatTime": "%s"}]}}
        """
            .formatted(created, heartbeat));
  }

  private static JsonObject lease(String holder, String renewed) {
    return json(
        """
        {"metadata": {"namespace": "kube-system", "name": "kube-scheduler"},
         "spec": {"holderIdentity": "%s", "renewTime": "%s"}}
        """
            .formatted(holder, renewed));
  }

  private static JsonObject operator(String name, String available, String degraded) {
    return json(
        """
        {"metadata": {"name": "%s"}, "status": {"conditions": [
           {"type": "Available", "status": "%s"}, {"type": "Degraded", "status": "%s"}]}}
        """
            .formatted(name, available, degraded));
  }

  private static WebhookConfig config(String policy, String resource, String group) {
    return new WebhookConfig(
        "validating",
        "/any",
        json(
            """
            {"metadata": {"name": "policy", "annotations": {"other": "stays"}},
             "webhooks": [{"name": "check.policy", "failurePolicy": "%s",
               "clientConfig": {"service": {"namespace": "policy", "name": "gate"}},
               "rules": [{"apiGroups": ["%s"], "resources": ["%s"]}]}]}
            """
                .formatted(policy, group, resource)));
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
