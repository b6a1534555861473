package io.clusterrecovery.aws;

import java.util.List;
import java.util.Set;

/**
 * What was seen of a target group.
 *
 * @param type what its targets are: {@code ip}, {@code instance}, …
 * @param family the addresses that it takes: {@code ipv4} or {@code ipv6}
 * @param port the port of targets that name none
 * @param balancers the ARNs of the load balancers that use it
 * @param internal whether one of those is internal
 * @param tagKeys the keys of the tags of it and of those load balancers
 */
record GroupSeen(
    String arn,
    String name,
    String type,
    String family,
    int port,
    List<String> balancers,
    boolean internal,
    Set<String> tagKeys,
    TargetList targets) {

  boolean inUse() {
    return !balancers.isEmpty();
  }
}
