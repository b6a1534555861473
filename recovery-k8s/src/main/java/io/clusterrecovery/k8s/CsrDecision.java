package io.clusterrecovery.k8s;

import java.util.List;

/** What is to be done about a certificate request. Never to deny it: that could not be undone. */
public sealed interface CsrDecision {

  /** Every rule holds. */
  record Approve() implements CsrDecision {
    @Override
    public String toString() {
      return "approve";
    }
  }

  /**
   * It cannot be decided yet.
   *
   * @param why what is waited for
   */
  record Wait(String why) implements CsrDecision {
    @Override
    public String toString() {
      return "wait: " + why;
    }
  }

  /**
   * It is left as it is.
   *
   * @param why each reason, at least one
   */
  record Hold(List<String> why) implements CsrDecision {
    /** Copies the list. */
    public Hold {
      why = List.copyOf(why);
    }

    @Override
    public String toString() {
      return "hold: " + String.join("; ", why);
    }
  }
}
