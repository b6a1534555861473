package io.clusterrecovery.k8s;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Carries a plan out: looks, judges and approves until the expected nodes have what they need. */
final class CsrRun {
  /** How long to listen for a change before what takes time is judged anew. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private static final Duration TROUBLED = Duration.ofSeconds(1);

  /** The listening is the pause. */
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final CsrObserver observer;
  private final CsrJudge judge;
  private final List<String> nodes;
  private final RunContext run;
  private final ApiCalls calls;
  private final CsrApprovals approvals;
  private final CsrStory story;
  private final Denials denials;

  /** What is there to begin with needs no change to be approved. */
  private Duration patience = Duration.ZERO;

  /** Starts where the plan was made. */
  CsrRun(
      KubeApi api,
      CsrApi csrs,
      CsrObserver observer,
      CsrJudge judge,
      List<String> nodes,
      RunContext run) {
    this.observer = observer;
    this.judge = judge;
    this.nodes = List.copyOf(nodes);
    this.run = run;
    this.calls = new ApiCalls(api, run);
    this.approvals = new CsrApprovals(api, csrs, observer, run, judge.settings().clientLimit());
    this.story = new CsrStory(run);
    this.denials = new Denials(run.clock());
  }

  CsrReport approve() {
    try (observer) {
      awaitCertificates();
      return readBack();
    }
  }

  private void awaitCertificates() {
    if (!nodes.isEmpty()) {
      await(CsrKind.CLIENT, judge.settings().clientLimit(), CsrRun::clientSettled);
      await(CsrKind.SERVING, judge.settings().servingLimit(), CsrRun::servingSettled);
    }
  }

  private void await(CsrKind kind, Duration limit, Predicate<NodeProgress> settled) {
    Wait wait =
        Wait.named(kind + " certificates of " + String.join(", ", nodes) + " issued", limit)
            .every(AT_ONCE);
    run.await(wait, () -> look(kind, settled));
  }

  private Poll<Boolean> look(CsrKind kind, Predicate<NodeProgress> settled) {
    List<Judged> seen;
    try {
      seen = judge.judge(observer.look(patience));
      story.tell(seen);
      seen.stream()
          .filter(j -> j.toApprove() && nodes.contains(j.request().node()))
          .forEach(j -> approvals.approve(j.request()));
      patience = PATIENCE;
      denials.none();
    } catch (ApiFailure e) {
      patience = TROUBLED;
      return troubled(e);
    }
    List<NodeProgress> progress = NodeProgress.of(nodes, judge.settings(), seen);
    return progress.stream().allMatch(settled)
        ? Poll.done(true)
        : Poll.notYet(progress.stream().map(p -> p.shown(kind)).collect(Collectors.joining("; ")));
  }

  /** An API server that goes away or starts is waited for; one that refuses for good is not. */
  private <T> Poll<T> troubled(ApiFailure e) {
    if (!e.denied() && !e.passing() && !e.changedMeanwhile()) {
      throw calls.translated(e);
    }
    return denials.judge(e);
  }

  private CsrReport readBack() {
    List<Judged> seen =
        calls.read("read certificate requests back", () -> judge.judge(observer.readAll()));
    List<NodeProgress> progress = NodeProgress.of(nodes, judge.settings(), seen);
    requireAllIssued(progress.stream().filter(p -> !p.servingIssued()).toList());
    IssuedCertificates.wrong(seen)
        .ifPresent(
            found -> {
              String next = "Find out what signs certificates in this cluster before going on.";
              throw run.failure(Code.VERIFICATION_FAILED, found, next, null);
            });
    nodes.forEach(node -> run.once(CsrApprover.ISSUED + node, () -> "yes"));
    return new CsrReport(judge.settings().names(), story.with(seen), judge.settings().forced());
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
