package io.clusterrecovery.k8s;

import java.time.Instant;

/**
 * An object of the cluster that goes by the name of an expected node: its Node, or a Machine.
 *
 * @param what its kind, and its name where that may differ
 * @param created by the API server's clock
 */
record OldObject(String what, Instant created) {

  @Override
  public String toString() {
    return what + " of " + created;
  }
}
