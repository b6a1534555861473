package io.clusterrecovery.aws;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link LoadBalancerUpdater} was told.
 *
 * @param groups the target groups, in the order given
 * @param ips what groups of type {@code ip} shall have, and no others
 * @param instances the same for groups whose targets are EC2 hosts
 * @param leaving the addresses and instances that shall leave even while they serve
 * @param port the port that the caller wants instead of the present one
 * @param zone the availability zone that the caller wants for new targets
 * @param floor how many healthy targets each group keeps at every moment
 * @param registersOnly whether nothing is awaited or taken out
 * @param managedAccepted whether groups that the cluster manages itself are changed all the same
 */
record BalancerSettings(
    List<GroupRef> groups,
    List<String> ips,
    List<String> instances,
    List<String> leaving,
    Optional<Integer> port,
    Optional<String> zone,
    int floor,
    boolean registersOnly,
    boolean managedAccepted,
    BalancerLimits limits) {

  /** The same, for those addresses. */
  BalancerSettings serving(List<String> targets, List<String> gone) {
    List<String> out =
        gone.isEmpty() ? gone : RequireTarget.addresses("leaving", gone.toArray(String[]::new));
    return new BalancerSettings(
        groups,
        RequireTarget.addresses("targets", targets.toArray(String[]::new)),
        instances,
        out,
        port,
        zone,
        floor,
        registersOnly,
        managedAccepted,
        limits);
  }

  /** Every id that was named, be it to stay or to leave. */
  Set<String> named() {
    Set<String> named = new HashSet<>(ips);
    named.addAll(instances);
    named.addAll(leaving);
    return named;
  }

  /** What a group of that type shall hold; empty if none was named. */
  List<String> wanted(String type) {
    return type.equals("instance") ? instances : ips;
  }
}
