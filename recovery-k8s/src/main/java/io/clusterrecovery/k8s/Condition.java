package io.clusterrecovery.k8s;

/** What somebody has decided about a request. */
record Condition(String type, String reason, String message) {
  static final String APPROVED = "Approved";
  static final String DENIED = "Denied";
  static final String FAILED = "Failed";

  /** {@return this with its words cut to what is shown} */
  Condition abridged() {
    return new Condition(type, reason, Shown.text(message));
  }
}
