package io.clusterrecovery.k8s;

import io.clusterrecovery.k8s.RuleVerdict.Result;
import java.util.ArrayList;
import java.util.List;

/** A request with what every rule says about it. */
record Judged(CertificateRequest request, List<RuleVerdict> verdicts) {
  Judged {
    verdicts = List.copyOf(verdicts);
  }

  Judged and(RuleVerdict verdict) {
    List<RuleVerdict> more = new ArrayList<>(verdicts);
    more.add(verdict);
    return new Judged(request, more);
  }

  boolean allHold() {
    return verdicts.stream().allMatch(v -> v.result() == Result.HOLDS);
  }

  /** {@return whether it is held for having rivals, and for nothing else} */
  boolean ambiguous() {
    List<RuleVerdict> broken = of(Result.BROKEN);
    return broken.size() == 1 && broken.get(0).rule().equals(RivalRule.NAME);
  }

  CsrDecision decision() {
    List<RuleVerdict> broken = of(Result.BROKEN);
    if (!broken.isEmpty()) {
      return new CsrDecision.Hold(broken.stream().map(v -> v.rule() + ": " + v.reason()).toList());
    }
    return of(Result.WAITS).stream()
        .findFirst()
        .<CsrDecision>map(v -> new CsrDecision.Wait(v.reason()))
        .orElseGet(CsrDecision.Approve::new);
  }

  boolean toApprove() {
    return request.state() == CsrState.PENDING && allHold();
  }

  boolean concerns(String node, CsrKind kind) {
    return request.kind() == kind && request.node().equals(node);
  }

  private List<RuleVerdict> of(Result result) {
    return verdicts.stream().filter(v -> v.result() == result).toList();
  }
}
