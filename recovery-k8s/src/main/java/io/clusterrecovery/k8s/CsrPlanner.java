package io.clusterrecovery.k8s;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import java.util.List;

/** Decides what is to be done: a pure function of what was judged. */
final class CsrPlanner {
  private static final int MOST_NOTES = 50;

  private CsrPlanner() {}

  /**
   * {@return the plan}
   *
   * @param todo the nodes that are not known to be done
   * @param denied what approving needs and the client may not do
   */
  static Plan plan(
      String address,
      CsrSettings settings,
      List<String> todo,
      List<Judged> seen,
      List<String> denied) {
    Plan.Builder plan = Plan.of(CsrApprover.OPERATION, address);
    if (!denied.isEmpty()) {
      String found = "This client may not: " + String.join(", ", denied) + ".";
      plan.refuse(Code.API_ACCESS_DENIED, found, "Give it these permissions, then try again.");
    }
    settings.forced().forEach(plan::forced);
    for (NodeProgress node : NodeProgress.of(settings.names(), settings, seen)) {
      if (todo.contains(node.node())) {
        decide(plan, node);
      } else {
        plan.fact(node.node(), "certificates issued earlier in this run");
      }
    }
    List<Judged> pending = seen.stream().filter(CsrPlanner::worthNoting).toList();
    List<Judged> ours = pending.stream().filter(j -> isOurs(j, settings)).toList();
    ours.stream().limit(MOST_NOTES).forEach(j -> note(plan, j));
    if (pending.size() > ours.size()) {
      plan.note((pending.size() - ours.size()) + " requests of nodes that are not expected: held");
    }
    return plan.build();
  }

  /** {@return the change that an approval is} */
  static Change change(String node, CsrKind kind) {
    return Change.of(
            "approve-csr/" + node + "/" + kind,
            "approve the " + kind + " certificate request",
            node,
            "not approved",
            "approved")
        .withoutUndo();
  }

  private static void decide(Plan.Builder plan, NodeProgress node) {
    boolean serving = node.servingApproved();
    boolean client = serving || node.clientApproved();
    plan.fact(node.node() + " client", client ? "approved" : "not approved");
    plan.fact(node.node() + " serving", serving ? "approved" : "not approved");
    if (!client) {
      plan.change(change(node.node(), CsrKind.CLIENT));
    }
    if (!serving) {
      plan.change(change(node.node(), CsrKind.SERVING));
    }
    if (!node.servingIssued() && !node.ambiguous().isEmpty()) {
      plan.refuse(Code.CSR_AMBIGUOUS, ambiguity(List.of(node)), AMBIGUITY_NEXT);
    }
  }

  static final String AMBIGUITY_NEXT =
      "Find out which one is the kubelet's (the host's log of the kubelet names it); then name it"
          + " with approveRequest(name), or delete the others.";

  static String ambiguity(List<NodeProgress> nodes) {
    StringBuilder text = new StringBuilder();
    for (NodeProgress node : nodes) {
      text.append(
          "Requests of %s have different keys, and which is its kubelet's is not known: %s. "
              .formatted(node.node(), String.join(", ", node.ambiguous())));
    }
    return text.toString().strip();
  }

  private static boolean worthNoting(Judged judged) {
    return judged.request().kind() != CsrKind.OTHER && judged.request().state() == CsrState.PENDING;
  }

  private static boolean isOurs(Judged judged, CsrSettings settings) {
    return settings.nodes().containsKey(judged.request().node());
  }

  private static void note(Plan.Builder plan, Judged judged) {
    CertificateRequest r = judged.request();
    plan.note(
        "%s (%s of %s): %s"
            .formatted(r.name(), r.kind(), Shown.quoted(r.node()), judged.decision()));
  }
}
