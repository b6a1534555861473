package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.Optional;

/** Approves what was judged, at the very version that was judged. */
final class CsrApprovals {
  private final KubeApi api;
  private final CsrApi csrs;
  private final CsrObserver observer;
  private final RunContext run;
  private final Approval approval;
  private final Duration limit;

  /**
   * Takes what it goes by.
   *
   * @param limit how long to wait for an API server that went away during an approval
   */
  CsrApprovals(KubeApi api, CsrApi csrs, CsrObserver observer, RunContext run, Duration limit) {
    this.api = api;
    this.csrs = csrs;
    this.observer = observer;
    this.run = run;
    this.approval = new Approval(run.runId());
    this.limit = limit;
  }

  /**
   * Approves it, unless it is not the one any more that was judged; then the next look judges anew.
   *
   * @throws ApiFailure if the API refuses, or does not answer
   */
  void approve(CertificateRequest request) {
    try {
      run.change(CsrPlanner.change(request.node(), request.kind()), () -> put(request));
    } catch (ApiFailure e) {
      if (!e.changedMeanwhile() && !e.passing()) {
        throw e;
      }
      run.line(request.name() + " was not approved and will be judged anew: " + e.said());
      reread(request);
    }
  }

  private void put(CertificateRequest request) {
    JsonObject approved =
        CsrDocuments.approved(
            request.document(),
            csrs,
            run.clock().now(),
            Approval.REASON,
            approval.message(request));
    try {
      Reply reply = api.put(csrs.path(request.name()) + "/approval", approved);
      observer.seen(reply.body());
    } catch (ApiFailure e) {
      if (!e.passing() || !arrived(request)) {
        throw e;
      }
    }
  }

  /** An answer that got lost doesn't say whether the approval was; the server may be restarting. */
  private boolean arrived(CertificateRequest request) {
    Wait wait = Wait.named("the answer whether " + request.name() + " was approved", limit);
    return run.await(
        wait,
        () -> {
          try {
            return Poll.done(isApprovedByUs(request));
          } catch (ApiFailure e) {
            return Poll.notYet("the API gives no answer: " + e.said());
          }
        });
  }

  private boolean isApprovedByUs(CertificateRequest request) {
    return observer
        .find(request.name())
        .filter(now -> now.uid().equals(request.uid()))
        .flatMap(now -> now.condition(Condition.APPROVED))
        .filter(approval::ours)
        .isPresent();
  }

  /** What is judged next must not be what has just been refused. */
  private void reread(CertificateRequest request) {
    Optional<CertificateRequest> now = observer.find(request.name());
    if (now.isPresent() && !now.get().uid().equals(request.uid())) {
      run.line(request.name() + " was replaced by another of the same name");
    }
  }
}
