package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.RunContext;
import io.clusterrecovery.testkit.Lab;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each word of each documented role is needed, which a real API server shows. */
class RolesIT {
  private static Lab lab;
  private static RoleGiver roles;

  @BeforeAll
  static void start() {
    lab = Lab.builder().hosts("master-0").kubernetes(true).start();
    roles = new RoleGiver(lab.kubeconfig());
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  /** That all of it is enough shows in the test of approving itself. */
  @Test
  void approve_roleWithoutAnyWord_isRefusedForIt() {
    assertThat(DocumentedRole.of("csr-approver-role.yaml").lesser())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            role ->
                assertThat(RoleGiver.denied(() -> approver(roles.give(role)).approve()))
                    .as(role.toString())
                    .contains(role.lacking()));
  }

  /** That all of it is enough shows in the test of the wait itself. */
  @Test
  void awaitReady_roleWithoutAnyWord_isDeniedForIt() {
    assertThat(DocumentedRole.of("control-plane-role.yaml").lesser())
        .hasSizeGreaterThan(3)
        .allSatisfy(
            role ->
                assertThat(RoleGiver.denied(() -> awaitReady(roles.give(role))))
                    .as(role.toString())
                    .contains(role.lacking()));
  }

  /** Its minute in which denials are waited through takes a second. */
  private static void awaitReady(ApiClient client) {
    Instant now = Instant.now();
    ControlPlane controlPlane =
        ControlPlane.on(client)
            .node("master-0")
            .heartbeatAfter(now.plus(Duration.ofHours(1)))
            .controllersAfter(now.minus(Duration.ofHours(1)))
            .build();
    RunContext.builder().clock(new HurriedClock()).build().carryOut(controlPlane);
  }

  private static CsrApprover approver(ApiClient client) {
    return CsrApprover.on(client)
        .expectNode("master-3", "10.0.1.13")
        .createdAfter(Instant.now())
        .clientLimit(Duration.ofSeconds(1))
        .build();
  }
}
