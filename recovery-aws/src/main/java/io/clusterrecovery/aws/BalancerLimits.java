package io.clusterrecovery.aws;

import java.time.Duration;

/** How long a {@link LoadBalancerUpdater} waits, and for what. */
record BalancerLimits(Duration healthy, Duration drained, Duration call) {}
