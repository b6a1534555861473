package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.clusterrecovery.Event;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Fault;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabExtension;
import io.clusterrecovery.testkit.LabHost;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With a real API server and kubelet. */
class ControlPlaneIT {
  private static final String NODES = "/api/v1/nodes";
  private static final DocumentedRole ROLE = DocumentedRole.of("control-plane-role.yaml");

  @RegisterExtension
  static final LabExtension LAB = LabExtension.of(Lab.builder().hosts("master-0").kubernetes(true));

  private static Lab lab;
  private static LabHost host;
  private static ApiClient client;
  private static RoleGiver roles;

  @BeforeAll
  static void start(Lab up, LabHost master) {
    lab = up;
    host = master;
    client = Forger.client(lab.kubeconfig());
    roles = new RoleGiver(lab.kubeconfig());
    KubeApi api = KubeApi.of(client);
    JsonObject node = api.get(NODES + "/master-0").body();
    node.getAsJsonObject("metadata")
        .getAsJsonObject("labels")
        .addProperty("node-role.kubernetes.io/control-plane", "");
    api.put(NODES + "/master-0", node);
    api.post(NODES, JsonParser.parseString(RESTORED).getAsJsonObject());
  }

  @Test
  void awaitReady_apiKilledDuringEachWait_waitsOn() {
    Instant start = Instant.now();
    ApiClient operator = roles.give(ROLE);
    try (SshHost ssh = ssh(host)) {
      ControlPlane controlPlane =
          ControlPlane.on(operator)
              .machine("master-0", ssh)
              .controlPlaneNodes(1)
              .heartbeatAfter(start)
              .controllersAfter(start)
              .build();
      Readiness readiness = killingTheApiDuringEachWait().carryOut(controlPlane);
      assertThat(readiness.controllerManager()).isNotEmpty();
      assertThat(readiness.nodes())
          .singleElement()
          .satisfies(node -> assertThat(node.internalIps()).containsExactly(host.address()))
          .satisfies(node -> assertThat(node.heartbeat()).isAfter(start))
          .satisfies(node -> assertThat(node.machineId()).isEqualTo(machineId()));
    }
  }

  @Test
  void awaitReady_nodeOutOfTheSnapshot_doesNotCount() {
    ControlPlane two =
        ControlPlane.on(client)
            .controlPlaneNodes(2)
            .heartbeatAfter(Instant.now().minusSeconds(60))
            .limit(Duration.ofSeconds(6))
            .build();
    RefusedException refused = catchThrowableOfType(RefusedException.class, two::awaitReady);
    assertThat(refused)
        .hasMessageContaining("1 of 2 nodes of the control plane are Ready")
        .hasMessageContaining("master-9 ");
  }

  @Test
  void awaitReady_otherMachineOfTheName_isToldApart() {
    LabHost other = lab.createBare("other");
    try (SshHost ssh = ssh(other)) {
      ControlPlane wrong =
          ControlPlane.on(client)
              .machine("master-0", ssh)
              .heartbeatAfter(Instant.now().minusSeconds(60))
              .limit(Duration.ofSeconds(6))
              .build();
      RefusedException refused = catchThrowableOfType(RefusedException.class, wrong::awaitReady);
      assertThat(refused)
          .hasMessageContaining("master-0 is still of another machine: its id is '" + machineId());
    }
  }

  /** That all of it is enough shows in the wait itself. */
  @Test
  void awaitReady_roleWithoutAnyWord_isDeniedForIt() {
    assertThat(ROLE.lesser())
        .hasSizeGreaterThan(3)
        .allSatisfy(
            lesser ->
                assertThat(RoleGiver.denied(() -> awaitHurriedly(roles.give(lesser))))
                    .as(lesser.toString())
                    .contains(lesser.lacking()));
  }

  /** The minute in which denials are waited through takes a second. */
  private static void awaitHurriedly(ApiClient client) {
    Instant now = Instant.now();
    ControlPlane controlPlane =
        ControlPlane.on(client)
            .node("master-0")
            .heartbeatAfter(now.plus(Duration.ofHours(1)))
            .controllersAfter(now.minus(Duration.ofHours(1)))
            .build();
    RunContext.builder().clock(new HurriedClock()).build().carryOut(controlPlane);
  }

  private static RunContext killingTheApiDuringEachWait() {
    return RunContext.builder()
        .listener(
            event -> {
              if (event instanceof Event.WaitStarted) {
                host.inject(Fault.API_SERVER_KILLED);
              }
            })
        .build();
  }

  private static String machineId() {
    return host.script("cat /etc/machine-id").orThrow().strip();
  }

  private static SshHost ssh(LabHost host) {
    return SshHost.at(host.address())
        .user("core")
        .identity(lab.sshKey())
        .knownHosts(lab.knownHosts())
        .build();
  }

  /** What a snapshot remembers of a lost host. */
  private static final String RESTORED =
      """
      {"metadata": {"name": "master-9", "labels": {"node-role.kubernetes.io/master": ""}},
       "status": {
         "addresses": [{"type": "InternalIP", "address": "10.66.66.66"}],
         "conditions": [{"type": "Ready", "status": "True",
           "lastHeartbeatTime": "2024-05-01T10:00:00Z",
           "lastTransitionTime": "2024-05-01T10:00:00Z"}]}}
      """;
}
