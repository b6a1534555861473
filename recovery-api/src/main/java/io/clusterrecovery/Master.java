package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

/**
 * A master host of a control plane.
 *
 * @param name its name, as its node and its etcd member have it
 * @param address its address in the cluster's network, as a literal
 */
public record Master(String name, String address) {
  /** Checks for null. */
  public Master {
    requireNonNull(name, "name");
    requireNonNull(address, "address");
  }

  @Override
  public String toString() {
    return name + " at " + address;
  }
}
