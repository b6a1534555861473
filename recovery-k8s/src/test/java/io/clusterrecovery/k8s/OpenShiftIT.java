package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.clusterrecovery.ClusterProxy;
import io.clusterrecovery.Code;
import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.SignerPods;
import io.clusterrecovery.Wait;
import io.clusterrecovery.testkit.Fault;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabExtension;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With OpenShift's own kinds of objects in a real API server. */
class OpenShiftIT {
  private static final String NAMESPACE = "default";
  private static final String MACHINE =
      """
      {"metadata": {"name": "%s",
        "labels": {"machine.openshift.io/cluster-api-machine-role": "master"}}}
      """;
  private static final String ADDRESSES =
      """
      {"phase": "Provisioned", "addresses": [
         {"type": "InternalIP", "address": "10.0.1.13"},
         {"type": "InternalDNS", "address": "master-3"}]}
      """;
  private static final String REGISTERED =
      """
      {"phase": "Running", "nodeRef": {"name": "master-3"},
       "addresses": [{"type": "InternalIP", "address": "10.0.1.13"}]}
      """;

  private static final String SIGNER = SignerManifestTest.manifest("master-0");

  @RegisterExtension
  static final LabExtension LAB = LabExtension.of(Lab.builder().hosts("master-0").kubernetes(true));

  private static Lab lab;
  private static OpenShiftApis openShift;
  private static RoleGiver roles;
  private static OnCluster<ClusterProxy> proxyBefore;
  private static OnCluster<List<Machine>> machinesBefore;
  private static OnCluster<List<Redeployed>> redeployedBefore;

  @BeforeAll
  static void start(Lab up) {
    lab = up;
    roles = new RoleGiver(lab.kubeconfig());
    ApiClient client = Forger.client(lab.kubeconfig());
    openShift = new OpenShiftApis(KubeApi.of(client));
    proxyBefore = KubeClusterProxy.on(client).read();
    machinesBefore = machines(client, Instant.now()).build().await();
    redeployedBefore = OperatorRedeployer.on(client).reason("any").build().redeploy();
    PlayedOperators.define(openShift);
    openShift.define(ApiResource.PROXIES, "Proxy", "Cluster");
    openShift.define(ApiResource.MACHINES, "Machine", "Namespaced");
    openShift.makeNamespace("openshift-config");
  }

  @Test
  void plainKubernetes_knowsNoneOfIt_whichIsNoError() {
    assertThat(proxyBefore).hasToString("proxies.config.openshift.io is not on this cluster");
    assertThat(redeployedBefore)
        .isEqualTo(new OnCluster.Absent<>("operators.operator.openshift.io"));
    assertThat(machinesBefore).isEqualTo(new OnCluster.Absent<>("machines.machine.openshift.io"));
  }

  @Test
  void of_clusterWithoutAndWithAProxy_readsWhatIsInEffect() {
    ApiClient client = roles.give(role());
    assertThat(KubeClusterProxy.on(client).read().optional()).hasToString("Optional[no proxy]");
    openShift.make(
        ApiResource.PROXIES,
        "",
        "Proxy",
        """
        {"metadata": {"name": "cluster"},
         "status": {"httpsProxy": "http://proxy:3128", "noProxy": ".svc"}}
        """);
    assertThat(KubeClusterProxy.on(client).read())
        .hasToString("proxy for http none, for https http://proxy:3128, none for .svc");
  }

  @Test
  void await_machineThatComesWhileTheApiIsKilled_isMappedToItsNode() {
    openShift.make(ApiResource.MACHINES, NAMESPACE, "Machine", MACHINE.formatted("old"));
    openShift.tell(ApiResource.MACHINES, NAMESPACE, "old", REGISTERED);
    Instant later = Instant.now().plusSeconds(4);
    EventListener machineApi =
        event -> {
          if (event instanceof Event.WaitProgress p && p.seen().startsWith("0 of 1")) {
            awaitPast(later);
            openShift.make(ApiResource.MACHINES, NAMESPACE, "Machine", MACHINE.formatted("new"));
            killTheApi();
          } else if (event instanceof Event.WaitProgress p && p.seen().contains("no address")) {
            openShift.tell(ApiResource.MACHINES, NAMESPACE, "new", ADDRESSES);
          } else if (event instanceof Event.WaitProgress p && p.seen().contains("not there yet")) {
            openShift.tell(ApiResource.MACHINES, NAMESPACE, "new", REGISTERED);
          }
        };
    Machines machines = machines(roles.give(role()), later).registered().build();
    assertThat(RunContext.builder().listener(machineApi).build().carryOut(machines).optional())
        .hasValueSatisfying(
            found ->
                assertThat(found)
                    .singleElement()
                    .hasToString("default/new Running, node master-3, 10.0.1.13"));
  }

  @Test
  void redeploy_apiKilledWhileItRollsOut_rollsOutOneOperatorAfterTheOther() {
    ApiClient client = roles.give(DocumentedRole.of("operator-redeployer-role.yaml"));
    PlayedOperators operators = new PlayedOperators(openShift, OpenShiftIT::killTheApi);
    OperatorRedeployer redeployer = OperatorRedeployer.on(client).reason("restored").build();
    assertThat(redeployer.plan().changes()).hasSize(4);
    List<Redeployed> done =
        RunContext.builder()
            .listener(operators)
            .build()
            .carryOut(redeployer)
            .optional()
            .orElseThrow();
    assertThat(done).extracting(Redeployed::revision).containsExactly(4, 4, 4, 4);
    assertThat(operators.story)
        .containsExactly(
            "told etcds",
            "rolled out etcds",
            "told kubeapiservers",
            "rolled out kubeapiservers",
            "told kubecontrollermanagers",
            "rolled out kubecontrollermanagers",
            "told kubeschedulers",
            "rolled out kubeschedulers");
    assertThat(redeployer.plan().satisfied()).isTrue();
    assertThat(redeployer.redeploy().optional()).hasValue(done);
  }

  @Test
  void redeploy_roleWithoutAnyWord_isDeniedForIt() {
    assertThat(DocumentedRole.of("operator-redeployer-role.yaml").lesser())
        .hasSize(8)
        .allSatisfy(
            lesser -> {
              OperatorRedeployer redeployer =
                  OperatorRedeployer.on(roles.give(lesser)).reason(lesser.toString()).build();
              RunContext hurried = RunContext.builder().clock(new HurriedClock()).build();
              assertThat(RoleGiver.denied(() -> hurried.carryOut(redeployer)))
                  .as(lesser.toString())
                  .contains(lesser.lacking());
            });
  }

  @Test
  void operations_roleWithoutAnyWord_areDeniedForIt() {
    assertThat(role().lesser())
        .hasSizeGreaterThan(4)
        .allSatisfy(
            lesser ->
                assertThat(RoleGiver.denied(() -> useAll(roles.give(lesser))))
                    .as(lesser.toString())
                    .contains(lesser.lacking()));
  }

  @Test
  void create_signerPod_isOfThisRunAloneAndEndsByItself() {
    RunContext run = RunContext.standalone();
    clearSigner(run);
    SignerPods pods = KubeSignerPods.on(roles.give(signerRole()));
    pods.create(SIGNER, "master-0", Duration.ofMinutes(30), run);
    pods.create(SIGNER, "master-0", Duration.ofMinutes(30), run);
    SignerPods.Pod pod = pods.find(run).orElseThrow();
    assertThat(pod.isOf(run.runId())).isTrue();
    assertThat(pod.host()).isEqualTo("master-0");
    JsonObject made = openShift.api().get(KubeSignerPods.PATH).body();
    assertThat(Doc.text(made, "spec", "activeDeadlineSeconds")).isEqualTo("1800");
    RecoveryException refused =
        catchThrowableOfType(
            RecoveryException.class,
            () -> pods.create(SIGNER, "master-0", Duration.ofHours(1), RunContext.standalone()));
    assertThat(refused.code()).isEqualTo(Code.CONCURRENT_CHANGE);

    pods.delete(new SignerPods.Pod("another", pod.run(), pod.host(), pod.state()), run);
    assertThat(pods.find(run)).isPresent();
    pods.delete(pod, run);
    pods.delete(pod, run);
    assertThat(pods.find(run)).isEmpty();
  }

  @Test
  void signerPod_roleWithoutAnyWord_isDeniedForIt() {
    assertThat(signerRole().lesser())
        .hasSize(6)
        .allSatisfy(
            lesser ->
                assertThat(RoleGiver.denied(() -> signAndForget(roles.give(lesser))))
                    .as(lesser.toString())
                    .contains(lesser.lacking()));
  }

  /** Who may not delete it leaves it. */
  private static void clearSigner(RunContext run) {
    SignerPods pods = KubeSignerPods.on(Forger.client(lab.kubeconfig()));
    pods.find(run).ifPresent(left -> pods.delete(left, run));
  }

  private static void signAndForget(ApiClient client) {
    RunContext run = RunContext.standalone();
    clearSigner(run);
    SignerPods pods = KubeSignerPods.on(client);
    pods.create(SIGNER, "master-0", Duration.ofHours(1), run);
    pods.delete(pods.find(run).orElseThrow(), run);
  }

  private static void useAll(ApiClient client) {
    assertThat(KubeClusterProxy.on(client).read().optional()).isPresent();
    Machines machines = machines(client, Instant.now().plus(Duration.ofHours(1))).build();
    RunContext.builder().clock(new HurriedClock()).build().carryOut(machines);
  }

  private static void killTheApi() {
    lab.host("master-0").inject(Fault.API_SERVER_KILLED);
  }

  private static void awaitPast(Instant time) {
    RunContext.standalone()
        .await(
            Wait.named("a later second", Duration.ofSeconds(30)),
            () -> Instant.now().isAfter(time) ? Poll.done(true) : Poll.notYet("the same"));
  }

  private static DocumentedRole signerRole() {
    return DocumentedRole.of("etcd-signer-role.yaml");
  }

  private static DocumentedRole role() {
    return DocumentedRole.of("openshift-role.yaml");
  }

  private static Machines.Builder machines(ApiClient client, Instant after) {
    return Machines.on(client).createdAfter(after).count(1).limit(Duration.ofMinutes(5));
  }
}
