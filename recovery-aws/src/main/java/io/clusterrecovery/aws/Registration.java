package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

/**
 * A target as it is, or was, registered.
 *
 * @param target its id and port
 * @param availabilityZone the zone it was registered with, {@code all} for an address outside of
 *     the VPC; empty where AWS finds it
 * @param healthy whether it was healthy when it was seen
 */
public record Registration(Target target, String availabilityZone, boolean healthy) {
  /** Checks for null. */
  public Registration {
    requireNonNull(target, "target");
    requireNonNull(availabilityZone, "availabilityZone");
  }

  static Registration of(TargetSeen seen) {
    return new Registration(seen.target(), seen.zone(), seen.healthy());
  }

  @Override
  public String toString() {
    return target + (availabilityZone.isEmpty() ? "" : " in " + availabilityZone);
  }
}
