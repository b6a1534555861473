package io.clusterrecovery.aws;

import io.clusterrecovery.Refusal;
import java.util.List;

/**
 * Everything that was named, as it was seen.
 *
 * @param groups the target groups, each once, in the order they were named
 * @param unknown for each name that leads nowhere, what was looked for
 */
record BalancersSeen(List<GroupSeen> groups, List<Refusal> unknown) {}
