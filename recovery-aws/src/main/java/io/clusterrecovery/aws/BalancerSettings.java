package io.clusterrecovery.aws;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link LoadBalancerUpdater} was told.
 *
 * @param arns the target groups, in the order given
 * @param ips the addresses that each of them shall have, and no others
 * @param port the port that the caller wants instead of the present one
 * @param zone the availability zone that the caller wants for new targets
 */
record BalancerSettings(
    List<String> arns,
    List<String> ips,
    Optional<Integer> port,
    Optional<String> zone,
    Duration healthyLimit,
    Duration drainedLimit,
    Duration callLimit) {}
