package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

/**
 * A part of the control plane whose pods were rolled out anew on every host.
 *
 * @param operator its operator's kind of object, such as {@code etcds.operator.openshift.io}
 * @param revision the revision that every host runs now
 */
public record Redeployed(String operator, int revision) {
  /** Checks for null. */
  public Redeployed {
    requireNonNull(operator, "operator");
  }

  @Override
  public String toString() {
    return operator + " at revision " + revision;
  }
}
