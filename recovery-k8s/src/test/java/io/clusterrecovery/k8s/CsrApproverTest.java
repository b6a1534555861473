package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Outcome;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.Report;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import io.kubernetes.client.openapi.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsrApproverTest extends ApproverSetup {
  private final Thread tester = Thread.currentThread();

  @Test
  void approve_apiRefusesTheClient_isRefusedAndNothingTouched() {
    Kubelet.on(api, NODE, IP).asksForClient();
    api.fault = call -> 403;
    RefusedException refused = failure(RefusedException.class, approver());
    assertThat(refused.code()).isEqualTo(Code.API_ACCESS_DENIED);
    assertThat(api.writes()).isEmpty();
    assertThat(api.approved()).isEmpty();
  }

  @Test
  void approve_nobodyThere_isRefusedWithItsAddress() {
    String address = api.client().getBasePath();
    CsrApprover approver = approver().build();
    api.close();
    RefusedException refused =
        catchThrowableOfType(RefusedException.class, () -> run().carryOut(approver));
    assertThat(refused.code()).isEqualTo(Code.API_UNREACHABLE);
    assertThat(refused).hasMessageContaining(address);
  }

  @Test
  void approve_goodNode_approvesClientThenServing() {
    Kubelet.on(api, NODE, IP).asksForClient();
    RunContext run = run();
    CsrReport report = run.carryOut(approver().build());
    assertThat(api.approved()).containsExactly("client-of-master-3", "serving-of-master-3");
    assertThat(report.approved()).hasSize(2);
    assertThat(report.leftPending()).isEmpty();
    assertThat(report.requests()).allSatisfy(r -> assertThat(r.verdicts()).hasSize(18));
    assertThat(report.toString()).contains("client-of-master-3 (client of master-3", "this run");
  }

  @Test
  void approve_rke2Node_asksAndWaitsForServingAlone() {
    Kubelet.on(api, NODE, IP);
    api.add(RequestFixture.serving(NODE, IP).named("serving"));
    CsrApprover approver = approver().requester(Requester.rke2AndK3s()).build();
    assertThat(run().plan(approver).changes())
        .extracting(Change::id)
        .containsExactly("approve-csr/master-3/serving");
    assertThat(run().carryOut(approver).approved())
        .extracting(JudgedRequest::name)
        .containsExactly("serving");
  }

  @Test
  void approve_freshRequest_waitsForARivalFirst() {
    Kubelet.on(api, NODE, IP).asksForClient();
    run().carryOut(approver().build());
    assertThat(clock.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void approve_forgedOnesBeside_leavesThemPending() {
    Kubelet.on(api, NODE, IP).asksForClient();
    api.add(RequestFixture.client("master-9").named("unexpected"))
        .add(
            RequestFixture.client(NODE, Keys.p256())
                .by("mallory", RequestFixture.TOKEN_GROUPS)
                .named("wrong-requester"))
        .add(RequestFixture.serving(NODE, Keys.p256(), Pkcs10s.ip("10.6.6.6")).named("foreign-ip"));
    CsrReport report = run().carryOut(approver().build());
    assertThat(report.leftPending())
        .extracting(JudgedRequest::name)
        .containsExactly("unexpected", "wrong-requester", "foreign-ip");
    assertThat(report.leftPending())
        .allSatisfy(r -> assertThat(r.decision()).isInstanceOf(CsrDecision.Hold.class));
    assertThat(api.approved()).hasSize(2);
  }

  @Test
  void approve_again_changesNothing() {
    Kubelet.on(api, NODE, IP).asksForClient();
    run().carryOut(approver().build());
    api.calls.clear();
    Plan plan = run().plan(approver().build());
    assertThat(plan.satisfied()).isTrue();
    CsrReport report = run().carryOut(approver().build());
    assertThat(api.writes()).isEmpty();
    assertThat(report.approved()).isEmpty();
    assertThat(report.requests())
        .extracting(JudgedRequest::approval)
        .containsOnly("approved by an earlier run");
  }

  @Test
  void plan_nothingThereYet_hasOneChangePerNodeAndKind() {
    Plan plan = run().plan(approver().expectNode("master-4", "10.0.1.14").build());
    assertThat(plan.changes())
        .extracting(Change::id)
        .containsExactly(
            "approve-csr/master-3/client",
            "approve-csr/master-3/serving",
            "approve-csr/master-4/client",
            "approve-csr/master-4/serving");
    assertThat(plan.changes()).extracting(Change::on).containsOnly(NODE, "master-4");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void plan_requestComesMeanwhile_staysTheSame() {
    Plan before = run().plan(approver().build());
    Kubelet.on(api, NODE, IP).asksForClient();
    api.add(RequestFixture.client("master-9").named("unexpected"));
    assertThat(run().plan(approver().build()).fingerprint()).isEqualTo(before.fingerprint());
  }

  @Test
  void approve_apiGoneForAWhile_goesOnAfterwards() {
    Kubelet.on(api, NODE, IP).asksForClient();
    api.fault =
        call -> {
          long second = clock.elapsed().toSeconds();
          return second >= 2 && second < 8 ? FakeApi.HANG_UP : null;
        };
    run().carryOut(approver().build());
    assertThat(api.approved()).hasSize(2);
  }

  @Test
  void approve_servingNeverComes_timesOutSayingWhoMissesWhat() {
    api.afterApproval = csr -> api.issue(Doc.text(csr, "metadata", "name"));
    api.add(RequestFixture.client(NODE).named("client"));
    TimedOutException failed =
        failure(TimedOutException.class, approver().servingLimit(Duration.ofMinutes(3)));
    assertThat(failed).hasMessageContaining("master-3: no serving request yet");
    assertThat(failed.changed())
        .extracting(Change::id)
        .containsExactly("approve-csr/master-3/client");
    assertThat(failed.limit()).isEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void approve_issuedForAnotherKey_isAFailure() {
    api.afterApproval = csr -> api.issue(Doc.text(csr, "metadata", "name"));
    api.add(RequestFixture.serving(NODE, IP).named("serving"));
    api.afterApproval =
        csr ->
            csr.getAsJsonObject("status").addProperty("certificate", Certificates.forAnotherKey());
    StepFailedException failed = failure(StepFailedException.class, approver());
    assertThat(failed.code()).isEqualTo(Code.VERIFICATION_FAILED);
    assertThat(failed).hasMessageContaining("another key");
  }

  @Test
  void approve_clockOfTheServerAhead_isAllowedFor() {
    api.ahead = Duration.ofHours(2);
    api.add(RequestFixture.client(NODE).named("old").created(FakeClock.START.plusSeconds(60)));
    CsrApprover.Builder approver = approver().clientLimit(Duration.ofMinutes(1));
    assertThat(failure(RefusedException.class, approver)).hasMessageContaining("created-after");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void approve_notAllowedToApprove_isRefusedBeforeAnything() {
    api.add(RequestFixture.client(NODE).named("client"));
    api.denied.add("approve");
    RefusedException refused = failure(RefusedException.class, approver());
    assertThat(refused.code()).isEqualTo(Code.API_ACCESS_DENIED);
    assertThat(refused)
        .hasMessageContaining("approve signers kubernetes.io/kubelet-serving")
        .hasMessageNotContaining("update");
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void approve_permissionTakenAwayMeanwhile_saysSo() {
    api.add(RequestFixture.client(NODE).named("client"));
    api.fault = call -> call.startsWith("PUT") ? 403 : null;
    RecoveryException failed = failure(RecoveryException.class, approver());
    assertThat(failed.code()).isEqualTo(Code.API_ACCESS_DENIED);
    assertThat(failed.changed()).isEmpty();
    assertThat(api.approved()).isEmpty();
  }

  @Test
  void resume_requestsGoneSinceTheFirstRun_changesNothing(@TempDir Path folder) {
    Kubelet.on(api, NODE, IP).asksForClient();
    assertThat(book(folder).run().outcome()).isEqualTo(Outcome.DONE);
    api.requests.clear();
    api.calls.clear();
    Report report = book(folder).resume();
    assertThat(report.outcome()).isEqualTo(Outcome.DONE);
    assertThat(report.steps()).extracting(Report.Step::outcome).containsOnly(Outcome.UNCHANGED);
    assertThat(api.writes()).isEmpty();
  }

  @Test
  void approve_interruptedWhileWaiting_stopsAndKeepsTheFlag() {
    api.beforeEachList =
        now -> {
          if (clock.elapsed().toSeconds() == 3) {
            tester.interrupt();
          }
        };
    RefusedException stopped = failure(RefusedException.class, approver());
    assertThat(stopped.code()).isEqualTo(Code.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void approve_always_leavesTheCallersClientAsItWas() {
    Kubelet.on(api, NODE, IP).asksForClient();
    ApiClient client = api.client();
    OkHttpClient before = client.getHttpClient();
    run().carryOut(approver(client).build());
    assertThat(client.getHttpClient()).isSameAs(before);
    assertThat(before.connectionPool().connectionCount()).isZero();
  }

  private Runbook book(Path folder) {
    Runbook.Builder book = Runbook.named("test").clock(clock).journal(folder.resolve("journal"));
    book.step("approve", approver().build());
    return book.build();
  }
}
