package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.TimedOutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several requests of one node. */
class CsrRivalsTest extends ApproverSetup {
  @Test
  void approve_twoKeysOfOneNode_isRefusedNamingBoth() {
    Kubelet.on(api, NODE, IP).asksForClient();
    api.add(RequestFixture.client(NODE, Keys.p256()).named("rival"));
    RefusedException refused = failure(RefusedException.class, approver());
    assertThat(refused.code()).isEqualTo(Code.CSR_AMBIGUOUS);
    assertThat(refused).hasMessageContaining("rival").hasMessageContaining("client-of-master-3");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void approve_rivalComesWithinTheWait_approvesNeither() {
    Kubelet.on(api, NODE, IP).asksForClient();
    api.beforeEachList =
        now -> {
          if (clock.elapsed().toSeconds() == 5) {
            now.requests.computeIfAbsent(
                "rival", n -> RequestFixture.client(NODE, Keys.p256()).named(n).document());
          }
        };
    RefusedException refused = failure(RefusedException.class, approver());
    assertThat(refused.code()).isEqualTo(Code.CSR_AMBIGUOUS);
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void approve_oneNamedAmongSeveral_approvesThatOneAndSaysSo() {
    Kubelet.on(api, NODE, IP).asksForClient();
    api.add(RequestFixture.client(NODE, Keys.p256()).named("rival"));
    CsrApprover approver = approver().approveRequest("client-of-master-3").build();
    assertThat(run().plan(approver).forced()).containsExactly("approveRequest(client-of-master-3)");
    CsrReport report = run().carryOut(approver);
    assertThat(api.approved()).doesNotContain("rival").hasSize(2);
    assertThat(report.forced()).containsExactly("approveRequest(client-of-master-3)");
  }

  @Test
  void approve_namedOneThatBreaksARule_isHeldAllTheSame() {
    api.add(RequestFixture.client(NODE).by("mallory", List.of()).named("forged"));
    CsrApprover.Builder approver =
        approver().approveRequest("forged").clientLimit(Duration.ofMinutes(1));
    assertThat(failure(RefusedException.class, approver).code()).isEqualTo(Code.WAIT_TIMED_OUT);
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void approve_newKeyAfterApproval_isHeldAsTheRivalOfTheApproved() {
    api.afterApproval =
        csr -> {
          api.issue("first");
          api.add(RequestFixture.client(NODE, Keys.p256()).named("after-restart"));
        };
    api.add(RequestFixture.client(NODE).named("first"));
    TimedOutException failed =
        failure(TimedOutException.class, approver().servingLimit(Duration.ofMinutes(1)));
    assertThat(failed)
        .hasMessageContaining("after-restart (client) hold: one-key")
        .hasMessageContaining("first (approved already)");
    assertThat(api.approved()).containsExactly("first");
  }
}
