package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import java.util.List;
import java.util.Map;

/**
 * What the zone now says.
 *
 * @param zoneId the zone
 * @param addresses the address of each record that was named, read back, by whole name
 * @param changed what was changed by this call; empty if all was as wanted
 */
public record DnsResult(String zoneId, Map<String, String> addresses, List<Change> changed) {

  /** Copies the collections. */
  public DnsResult {
    addresses = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(addresses));
    changed = List.copyOf(changed);
  }
}
