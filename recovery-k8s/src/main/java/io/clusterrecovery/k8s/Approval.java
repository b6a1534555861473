package io.clusterrecovery.k8s;

import io.clusterrecovery.RunId;

/** How an approval of this run is marked, and told from others'. */
record Approval(RunId run) {
  static final String REASON = "ControlPlaneRecovery";
  static final String BY_THIS_RUN = "approved by this run";

  String message(CertificateRequest request) {
    return "%s request of the expected node %s; every rule holds; run %s"
        .formatted(request.kind(), request.node(), run.value());
  }

  boolean ours(Condition approved) {
    return approved.reason().equals(REASON) && approved.message().endsWith(" run " + run.value());
  }

  String words(Condition approved) {
    if (ours(approved)) {
      return BY_THIS_RUN;
    }
    String who = Shown.text(approved.reason() + ": " + approved.message());
    return approved.reason().equals(REASON)
        ? "approved by an earlier run"
        : "approved by somebody else (" + who + ")";
  }
}
