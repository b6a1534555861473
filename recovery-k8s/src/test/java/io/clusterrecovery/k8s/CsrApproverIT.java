package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Event;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Fault;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabExtension;
import io.clusterrecovery.testkit.LabHost;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With a real API server, kubelet and signer. */
class CsrApproverIT {
  private static final String NODE = "master-3";
  private static final DocumentedRole ROLE = DocumentedRole.of("csr-approver-role.yaml");
  private static final List<String> FORGED =
      List.of("forged-node", "forged-requester", "forged-ip");

  /** What Kubernetes 1.34 itself does not take. */
  private static final Set<String> NOT_TAKEN =
      Set.of(
          "legacy", "serving by another", "secp256k1", "DSA", "signed by another", "names twice");

  /** The server adds that group itself. */
  private static final Set<String> IMPOSSIBLE = Set.of("no authenticated");

  @RegisterExtension
  static final LabExtension LAB = LabExtension.of(Lab.builder().hosts("master-0").kubernetes(true));

  private static Lab lab;
  private static RoleGiver roles;
  private static ApiClient operator;

  @BeforeAll
  static void start(Lab up) {
    lab = up;
    roles = new RoleGiver(lab.kubeconfig());
    operator = roles.give(ROLE);
  }

  @Test
  void rule_brokenAlone_holdsTheRealRequest() {
    RealRules rules = new RealRules(lab.kubeconfig());
    rules.post(IMPOSSIBLE);
    assertThat(rules.refused()).containsExactlyInAnyOrderElementsOf(NOT_TAKEN);
    Map<String, List<String>> broken = rules.broken();
    assertThat(rules.expected())
        .allSatisfy((name, rule) -> assertThat(broken.get(name)).as(name).containsExactly(rule));
    assertThat(rules.brokenLater()).containsExactly("created-after");
  }

  @Test
  void approve_newHostWithForgedRequestsBeside_approvesItsTwoAlone() {
    Instant start = Instant.now();
    ControlPlane.on(Forger.client(lab.kubeconfig())).controllersAfter(start).build().awaitReady();
    LabHost host = lab.create(NODE);
    forge(new Forger(lab.kubeconfig()));

    CsrReport report = killingTheApiDuringEachWait().carryOut(approver(host, start));

    assertThat(report.approved())
        .extracting(JudgedRequest::kind)
        .containsExactlyInAnyOrder(CsrKind.CLIENT, CsrKind.SERVING);
    assertThat(report.approved())
        .allSatisfy(
            r -> {
              assertThat(r.node()).isEqualTo(NODE);
              assertThat(r.state()).isEqualTo(CsrState.ISSUED);
            });
    assertThat(report.leftPending()).extracting(JudgedRequest::name).containsAll(FORGED);
    requireReady(lab, host, start);
    requireForgedUntouched(lab);
    requireNothingLeft(approver(host, start));
  }

  /** That all of it is enough shows in the approvals themselves. */
  @Test
  void approve_roleWithoutAnyWord_isRefusedForIt() {
    assertThat(ROLE.lesser())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            lesser -> {
              CsrApprover approver =
                  CsrApprover.on(roles.give(lesser))
                      .expectNode(NODE, "10.0.1.13")
                      .createdAfter(Instant.now())
                      .clientLimit(Duration.ofSeconds(1))
                      .build();
              assertThat(RoleGiver.denied(approver::approve))
                  .as(lesser.toString())
                  .contains(lesser.lacking());
            });
  }

  @Test
  void approve_kubeletRestartedBeforeItsApproval_approvesTheRunningOnesRequest() {
    Instant start = Instant.now();
    LabHost host = lab.create("master-4");
    host.script(
            """
            mkdir -p /run/systemd/system/kubelet.service.d
            printf '[Service]\\nRestartSec=5\\n' >/run/systemd/system/kubelet.service.d/slow.conf
            systemctl daemon-reload
            """)
        .orThrow();
    String dead = await("a first request", 1).get(0);
    host.script("systemctl kill -s KILL kubelet").orThrow();
    await("a second request", 2);
    try (SshHost ssh = ssh(host)) {
      CsrReport report =
          CsrApprover.on(Forger.client(lab.kubeconfig()))
              .expectNode("master-4", List.of(host.address()), ssh)
              .createdAfter(start)
              .build()
              .approve();
      assertThat(report.approved()).hasSize(2).extracting(JudgedRequest::name).doesNotContain(dead);
      assertThat(report.ofNode("master-4"))
          .filteredOn(JudgedRequest::pending)
          .singleElement()
          .satisfies(r -> assertThat(r.name()).isEqualTo(dead))
          .satisfies(r -> assertThat(r.decision().toString()).contains("living-kubelet"));
    }
  }

  /** {@return the names of the node's requests, once there are as many} */
  private static List<String> await(String what, int count) {
    KubeApi api = KubeApi.of(Forger.client(lab.kubeconfig()));
    Clock clock = Clock.system();
    return RunContext.standalone()
        .await(
            Wait.named(what, Duration.ofMinutes(1)),
            () -> {
              KnownCsrs known = new KnownCsrs(Set.of());
              new WatchedObjects(api, clock, CsrApi.V1.path(), known).list();
              List<String> names =
                  known.all().stream()
                      .filter(r -> r.node().equals("master-4"))
                      .map(CertificateRequest::name)
                      .toList();
              return names.size() == count ? Poll.done(names) : Poll.notYet(names.toString());
            });
  }

  private static SshHost ssh(LabHost host) {
    return SshHost.at(host.address())
        .user("core")
        .identity(lab.sshKey())
        .knownHosts(lab.knownHosts())
        .build();
  }

  private static RunContext killingTheApiDuringEachWait() {
    return RunContext.builder()
        .listener(
            event -> {
              if (event instanceof Event.WaitStarted wait && wait.awaited().contains("issued")) {
                lab.host("master-0").inject(Fault.API_SERVER_KILLED);
              }
            })
        .build();
  }

  private static CsrApprover approver(LabHost host, Instant start) {
    return CsrApprover.on(operator).expectNode(NODE, host.address()).createdAfter(start).build();
  }

  private static void forge(Forger forger) {
    List<String> node = Pkcs10s.kubeletGroups();
    forger.post(
        FORGED.get(0),
        RequestFixture.client("master-9"),
        RequestFixture.TOKEN_USER,
        RequestFixture.TOKEN_GROUPS);
    forger.post(
        FORGED.get(1),
        RequestFixture.client(NODE),
        "kubernetes-admin",
        List.of("system:masters", "system:authenticated"));
    forger.post(
        FORGED.get(2), RequestFixture.serving(NODE, "10.66.66.66"), "system:node:" + NODE, node);
  }

  private static void requireReady(Lab lab, LabHost host, Instant start) {
    Readiness readiness =
        ControlPlane.on(Forger.client(lab.kubeconfig()))
            .nodes(List.of("master-0", NODE))
            .heartbeatAfter(start)
            .build()
            .awaitReady();
    assertThat(readiness.nodes()).hasSize(2);
    assertThat(readiness.nodes().get(1).internalIps()).containsExactly(host.address());
  }

  private static void requireForgedUntouched(Lab lab) {
    KubeApi api = KubeApi.of(Forger.client(lab.kubeconfig()));
    assertThat(FORGED)
        .allSatisfy(
            name -> {
              Reply csr = api.get(CsrApi.V1.path(name));
              assertThat(Doc.objects(csr.body(), "status", "conditions")).isEmpty();
            });
  }

  private static void requireNothingLeft(CsrApprover approver) {
    assertThat(approver.plan().satisfied()).isTrue();
    assertThat(approver.approve().approved()).isEmpty();
  }
}
