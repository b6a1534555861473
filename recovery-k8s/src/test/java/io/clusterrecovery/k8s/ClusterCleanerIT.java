package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.ApiServerLease;
import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Event;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.testkit.Fault;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabExtension;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With a real API server that has what a restored snapshot remembers of a lost host. */
class ClusterCleanerIT {
  /** What a real etcd makes of such calls is for the module that speaks to it. */
  private static final FakeStore STORE = new FakeStore();

  @RegisterExtension
  static final LabExtension LAB = LabExtension.of(Lab.builder().hosts("master-0").kubernetes(true));

  private static Lab lab;
  private static KubeApi api;
  private static RoleGiver roles;
  private static Leftovers leftovers;

  @BeforeAll
  static void start(Lab up) {
    lab = up;
    api = KubeApi.of(Forger.client(lab.kubeconfig()));
    roles = new RoleGiver(lab.kubeconfig());
    leftovers = new Leftovers(api);
  }

  @Test
  void clean_leftoversChangedMeanwhileAndTheApiKilled_areMendedAndNothingElse() {
    leftovers.put();
    STORE.leases.add(new ApiServerLease("10.0.0.99", "/registry/masterleases/10.0.0.99", 7));
    ClusterCleaner cleaner = cleaner(roles.give(role()));
    Plan plan = cleaner.plan();
    assertThat(plan.changes())
        .extracting(Change::id)
        .containsExactlyInAnyOrder(
            "webhooks/mutating/left-policy",
            "webhooks/validating/left-policy",
            "delete-node/master-9",
            "delete-lease/kube-system/left-scheduler",
            "free-lock/kube-system/configmaps/left-lock",
            "free-lock/kube-system/endpoints/left-lock",
            "forget-api-server/10.0.0.99",
            "delete-pod/openshift-config/etcd-signer");
    assertThat(api.find(Leftovers.NODE)).isPresent();

    CleanReport report = hindered().carryOut(cleaner);

    assertThat(report.changes()).hasSize(8);
    assertThat(api.find(Leftovers.NODE)).isEmpty();
    assertThat(api.find(Leftovers.LEASE)).isEmpty();
    assertThat(api.get(Leftovers.LOCK).body().getAsJsonObject("data").has("stays")).isTrue();
    assertThat(api.get(Leftovers.LOCK).body().toString()).doesNotContain(Leftovers.LOST);
    assertThat(api.find("/api/v1/nodes/master-0")).isPresent();
    assertThat(report.troubled())
        .extracting(CheckResult::check)
        .containsExactly("blocking-webhooks");
    assertThat(STORE.leases).isEmpty();
    assertThat(report.unknown()).isEmpty();
    requireWebhookPutBack(cleaner);
  }

  @Test
  void clean_apiServerThatRenewsItsLease_isNotForgotten() {
    FakeStore store = new FakeStore();
    store.leases.add(new ApiServerLease("10.0.0.99", "/registry/masterleases/10.0.0.99", 7));
    ClusterCleaner cleaner =
        ClusterCleaner.on(Forger.client(lab.kubeconfig()))
            .restoredAt(Instant.now())
            .lost("master-8", "10.0.0.99")
            .store(store)
            .build();
    RunContext renewing =
        RunContext.builder()
            .listener(
                event -> {
                  if (event instanceof Event.ChangeStarted) {
                    store.leases.set(0, new ApiServerLease("10.0.0.99", "any", 8));
                  }
                })
            .build();
    RecoveryException alive =
        catchThrowableOfType(RecoveryException.class, () -> renewing.carryOut(cleaner));
    assertThat(alive.code()).isEqualTo(Code.CONCURRENT_CHANGE);
    assertThat(store.leases).hasSize(1);
  }

  @Test
  void clean_roleWithoutAnyWord_isDeniedForIt() {
    new OpenShiftApis(api).define(DegradedOperators.OPERATORS, "ClusterOperator", "Cluster");
    assertThat(role().lesser())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            lesser -> {
              leftovers.put();
              ClusterCleaner cleaner = cleaner(roles.give(lesser));
              assertThat(RoleGiver.denied(cleaner::clean))
                  .as(lesser.toString())
                  .contains(lesser.lacking());
            });
  }

  private static DocumentedRole role() {
    return DocumentedRole.of("cluster-cleaner-role.yaml");
  }

  private static void requireWebhookPutBack(ClusterCleaner cleaner) {
    assertThat(policy()).isEqualTo("Ignore");
    assertThat(cleaner.plan().satisfied()).isTrue();
    leftovers.serveWebhook();
    assertThat(cleaner.clean().changes())
        .extracting(Change::id)
        .containsExactly("webhooks/mutating/left-policy", "webhooks/validating/left-policy");
    assertThat(policy()).isEqualTo("Fail");
    assertThat(cleaner.clean().troubled()).isEmpty();
  }

  private static String policy() {
    return Doc.text(
        Doc.objects(api.get(Leftovers.WEBHOOK).body(), "webhooks").get(0), "failurePolicy");
  }

  private static RunContext hindered() {
    AtomicBoolean killed = new AtomicBoolean();
    return RunContext.builder()
        .listener(
            event -> {
              String id = event instanceof Event.ChangeStarted e ? e.change().id() : "";
              if (id.startsWith("delete-node")) {
                api.patch(Leftovers.NODE, Leftovers.LABEL);
              } else if (id.startsWith("delete-lease") && killed.compareAndSet(false, true)) {
                lab.host("master-0").inject(Fault.API_SERVER_KILLED);
              }
            })
        .build();
  }

  private static ClusterCleaner cleaner(ApiClient client) {
    return ClusterCleaner.on(client)
        .restoredAt(Instant.now().plusSeconds(60))
        .lost(Leftovers.LOST, "10.0.0.99")
        .store(STORE)
        .build();
  }
}
