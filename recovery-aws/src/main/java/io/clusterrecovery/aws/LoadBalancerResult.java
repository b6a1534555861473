package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import java.util.List;
import java.util.Map;

/**
 * Where the target groups now send traffic.
 *
 * @param healthy the healthy targets of each group, read back, by the group's ARN
 * @param changed what was changed by this call; empty if all was as wanted
 */
public record LoadBalancerResult(Map<String, List<Target>> healthy, List<Change> changed) {

  /** Copies the collections. */
  public LoadBalancerResult {
    healthy = Map.copyOf(healthy);
    changed = List.copyOf(changed);
  }
}
