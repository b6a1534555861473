/**
 * Points DNS and load balancers on AWS at the masters that are there now.
 *
 * <p>Entry points: {@link io.clusterrecovery.aws.DnsUpdater} and {@link
 * io.clusterrecovery.aws.LoadBalancerUpdater}. They take clients of the AWS SDK, which stays behind
 * them; who made a client closes it. {@link io.clusterrecovery.aws.AwsClients} has ready-made ones.
 */
@NullMarked
package io.clusterrecovery.aws;

import org.jspecify.annotations.NullMarked;
