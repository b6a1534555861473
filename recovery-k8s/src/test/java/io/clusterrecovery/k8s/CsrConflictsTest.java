package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that change between judging and approving. */
class CsrConflictsTest extends ApproverSetup {
  @Test
  void approve_changedBetweenJudgingAndApproving_isJudgedAgain() {
    Kubelet.on(api, NODE, IP).asksForClient();
    boolean[] touched = new boolean[1];
    api.fault =
        call -> {
          if (call.startsWith("PUT") && !touched[0]) {
            touched[0] = true;
            api.touch(api.request("client-of-master-3"));
          }
          return null;
        };
    run().carryOut(approver().build());
    assertThat(api.approved()).hasSize(2);
    assertThat(api.writes()).hasSize(3);
  }

  @Test
  void approve_replacedByABadOneOfTheSameName_isNotApproved() {
    api.add(RequestFixture.client(NODE).named("swapped"));
    api.fault =
        call -> {
          if (call.startsWith("PUT")) {
            api.add(
                RequestFixture.client(NODE).named("swapped").uid("other").by("mallory", List.of()));
          }
          return null;
        };
    RecoveryException failed =
        failure(RecoveryException.class, approver().clientLimit(Duration.ofMinutes(1)));
    assertThat(failed).hasMessageContaining("swapped");
    assertThat(failed.changed()).isEmpty();
    assertThat(api.approved()).isEmpty();
  }

  @Test
  void approve_approvedBySomebodyElseMeanwhile_isReportedAsSuch() {
    Kubelet kubelet = Kubelet.on(api, NODE, IP).asksForClient();
    api.fault =
        call -> {
          if (call.contains("PUT") && call.contains("client-of")) {
            JsonObject csr = api.request("client-of-master-3");
            if (api.approved().isEmpty()) {
              RequestFixture.condition(csr, Condition.APPROVED, "KubectlApprove");
              kubelet.accept(csr);
            }
          }
          return null;
        };
    CsrReport report = run().carryOut(approver().build());
    assertThat(report.approved())
        .extracting(JudgedRequest::name)
        .containsExactly("serving-of-master-3");
    assertThat(report.toString()).contains("approved by somebody else (KubectlApprove");
  }

  @Test
  void approve_answerOfAnApprovalLost_isFoundDone() {
    Kubelet.on(api, NODE, IP).asksForClient();
    int[] puts = new int[1];
    api.afterApproval =
        api.afterApproval.andThen(
            csr -> {
              puts[0]++;
              if (puts[0] == 1) {
                throw new IllegalStateException("the answer is lost");
              }
            });
    RunContext run = run();
    CsrReport report = run.carryOut(approver().build());
    assertThat(report.approved()).hasSize(2);
    assertThat(puts[0]).isEqualTo(2);
  }
}
