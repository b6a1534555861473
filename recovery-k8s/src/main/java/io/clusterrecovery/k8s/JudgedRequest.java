package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A certificate request that was seen, what every rule says about it, and what became of it.
 *
 * @param name its name
 * @param uid its uid, which tells it from another of the same name
 * @param kind what it asks for
 * @param node the node that it says it is for; "" if it names none
 * @param requester who posted it, as the API server wrote it down
 * @param created when, by the API server's clock
 * @param state how far it has come
 * @param approval who approved it, in words; "" if nobody did
 * @param decision what the rules come to
 * @param verdicts what each rule says
 */
public record JudgedRequest(
    String name,
    String uid,
    CsrKind kind,
    String node,
    String requester,
    Instant created,
    CsrState state,
    String approval,
    CsrDecision decision,
    List<RuleVerdict> verdicts) {

  /** Checks for null, copies the list. */
  public JudgedRequest {
    requireNonNull(name, "name");
    requireNonNull(uid, "uid");
    requireNonNull(kind, "kind");
    requireNonNull(node, "node");
    requireNonNull(requester, "requester");
    requireNonNull(created, "created");
    requireNonNull(state, "state");
    requireNonNull(approval, "approval");
    requireNonNull(decision, "decision");
    verdicts = List.copyOf(verdicts);
  }

  static JudgedRequest of(Judged judged, Approval approval) {
    CertificateRequest r = judged.request();
    return new JudgedRequest(
        r.name(),
        r.uid(),
        r.kind(),
        Shown.text(r.node()),
        Shown.text(r.user()),
        r.created(),
        r.state(),
        r.condition(Condition.APPROVED).map(approval::words).orElse(""),
        judged.decision(),
        judged.verdicts());
  }

  /** {@return this, as one that is not there any more} */
  JudgedRequest gone() {
    return new JudgedRequest(
        name, uid, kind, node, requester, created, CsrState.GONE, approval, decision, verdicts);
  }

  /** {@return whether nobody has decided about it} */
  public boolean pending() {
    return state == CsrState.PENDING;
  }

  @Override
  public String toString() {
    String fate = approval.isEmpty() ? decision.toString() : approval;
    String whose = node.isEmpty() ? "" : " of " + node;
    return "%s (%s%s, by %s) %s, %s"
        .formatted(name, kind, whose, requester, state.name().toLowerCase(Locale.ROOT), fate);
  }
}
