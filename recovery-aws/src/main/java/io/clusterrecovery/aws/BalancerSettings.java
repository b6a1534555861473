package io.clusterrecovery.aws;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link LoadBalancerUpdater} was told.
 *
 * @param arns the target groups, in the order given
 * @param ips the addresses that each of them shall have, and no others
 * @param leaving the addresses that shall leave even while they serve
 * @param port the port that the caller wants instead of the present one
 * @param zone the availability zone that the caller wants for new targets
 */
record BalancerSettings(
    List<String> arns,
    List<String> ips,
    List<String> leaving,
    Optional<Integer> port,
    Optional<String> zone,
    Duration healthyLimit,
    Duration drainedLimit,
    Duration callLimit) {

  /** Those that serve, or may serve, and that the caller never spoke of. */
  List<TargetSeen> unnamed(List<TargetSeen> out) {
    return out.stream()
        .filter(TargetSeen::mayServe)
        .filter(t -> !ips.contains(t.target().ip()) && !leaving.contains(t.target().ip()))
        .toList();
  }
}
