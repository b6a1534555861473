package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Carries a plan out: looks, judges and approves until the expected nodes have what they need. */
final class CsrRun {
  private final KubeApi api;
  private final CsrObserver observer;
  private final CsrJudge judge;
  private final List<String> nodes;
  private final RunContext run;
  private final ApiCalls calls;
  private final Approval approval;
  private final Map<String, String> told = new HashMap<>();

  /** Starts where the plan was made. */
  CsrRun(KubeApi api, CsrObserver observer, CsrJudge judge, List<String> nodes, RunContext run) {
    this.api = api;
    this.observer = observer;
    this.judge = judge;
    this.nodes = List.copyOf(nodes);
    this.run = run;
    this.calls = new ApiCalls(api, run);
    this.approval = new Approval(run.runId());
  }

  CsrReport approve() {
    if (!nodes.isEmpty()) {
      await(CsrKind.CLIENT, judge.settings().clientLimit(), CsrRun::clientSettled);
      await(CsrKind.SERVING, judge.settings().servingLimit(), CsrRun::servingSettled);
    }
    return readBack();
  }

  private void await(CsrKind kind, Duration limit, Predicate<NodeProgress> settled) {
    Wait wait =
        Wait.named(kind + " certificates of " + String.join(", ", nodes) + " issued", limit);
    run.await(wait, () -> look(kind, settled));
  }

  private Poll<Boolean> look(CsrKind kind, Predicate<NodeProgress> settled) {
    List<Judged> seen;
    try {
      seen = judge.judge(observer.look());
    } catch (ApiFailure e) {
      return Poll.notYet("the API gives no answer: " + e.said());
    }
    seen.forEach(this::tellIfNew);
    seen.stream()
        .filter(j -> j.toApprove() && nodes.contains(j.request().node()))
        .forEach(j -> approve(j.request()));
    List<NodeProgress> progress = NodeProgress.of(nodes, judge.settings(), seen);
    return progress.stream().allMatch(settled)
        ? Poll.done(true)
        : Poll.notYet(progress.stream().map(p -> p.shown(kind)).collect(Collectors.joining("; ")));
  }

  private void approve(CertificateRequest request) {
    try {
      run.change(CsrPlanner.change(request.node(), request.kind()), () -> put(request));
    } catch (ApiFailure e) {
      if (!e.changedMeanwhile() && !e.passing()) {
        throw calls.translated(e);
      }
      run.line(request.name() + " was not approved and will be judged anew: " + e.said());
    }
  }

  private void put(CertificateRequest request) {
    JsonObject approved =
        CsrDocuments.approved(request.document(), Approval.REASON, approval.message(request));
    try {
      api.put(CsrDocuments.PATH + "/" + request.name() + "/approval", approved);
    } catch (ApiFailure e) {
      if (!e.passing() || !arrived(request)) {
        throw e;
      }
    }
  }

  /** An answer that got lost doesn't say whether the approval was. */
  private boolean arrived(CertificateRequest request) {
    return calls
        .read("read " + request.name(), () -> observer.find(request.name()))
        .filter(now -> now.uid().equals(request.uid()))
        .flatMap(now -> now.condition(Condition.APPROVED))
        .filter(approval::ours)
        .isPresent();
  }

  private void tellIfNew(Judged judged) {
    CertificateRequest request = judged.request();
    if (request.kind() == CsrKind.OTHER) {
      return;
    }
    JudgedRequest shown = JudgedRequest.of(judged, approval);
    if (!shown.toString().equals(told.put(request.uid(), shown.toString()))) {
      run.line(shown.toString());
    }
  }

  private CsrReport readBack() {
    List<Judged> seen =
        calls.read("read certificate requests back", () -> judge.judge(observer.look()));
    List<NodeProgress> progress = NodeProgress.of(nodes, judge.settings(), seen);
    requireAllIssued(progress.stream().filter(p -> !p.servingIssued()).toList());
    IssuedCertificates.wrong(seen)
        .ifPresent(
            found -> {
              String next = "Find out what signs certificates in this cluster before going on.";
              throw run.failure(Code.VERIFICATION_FAILED, found, next, null);
            });
    nodes.forEach(node -> run.once(CsrApprover.ISSUED + node, () -> "yes"));
    return new CsrReport(
        judge.settings().names(),
        seen.stream().map(j -> JudgedRequest.of(j, approval)).toList(),
        judge.settings().forced());
  }

  private void requireAllIssued(List<NodeProgress> missing) {
    List<NodeProgress> stuck = missing.stream().filter(p -> !p.ambiguous().isEmpty()).toList();
    if (!stuck.isEmpty()) {
      throw run.failure(
          Code.CSR_AMBIGUOUS, CsrPlanner.ambiguity(stuck), CsrPlanner.AMBIGUITY_NEXT, null);
    }
    if (!missing.isEmpty()) {
      String found =
          missing.stream().map(p -> p.shown(CsrKind.SERVING)).collect(Collectors.joining("; "));
      throw run.failure(Code.VERIFICATION_FAILED, found + ".", "Run the step again.", null);
    }
  }

  private static boolean clientSettled(NodeProgress node) {
    return node.clientIssued() || node.stuck(CsrKind.CLIENT);
  }

  private static boolean servingSettled(NodeProgress node) {
    return node.servingIssued() || node.stuck(CsrKind.CLIENT) || node.stuck(CsrKind.SERVING);
  }
}
