package io.clusterrecovery.aws;

/**
 * What was seen of a target group.
 *
 * @param type what its targets are: {@code ip}, {@code instance}, …
 * @param port the port of targets that name none
 * @param inUse whether a load balancer uses it
 */
record GroupSeen(
    String arn, String name, String type, int port, boolean inUse, TargetList targets) {}
