package io.clusterrecovery.aws;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * One record set as the zone holds it.
 *
 * @param name its whole name, without the dot at the end
 * @param kind how it is more than a plain record, such as "alias"; empty for a plain one
 */
record RecordSeen(String name, String type, long ttl, List<String> values, Optional<String> kind) {

  static RecordSeen of(ResourceRecordSet set) {
    return new RecordSeen(
        DnsNames.relative(set.name()),
        set.typeAsString(),
        set.ttl() == null ? 0 : set.ttl(),
        set.resourceRecords().stream().map(ResourceRecord::value).toList(),
        kind(set));
  }

  boolean holds(String ip) {
    return kind.isEmpty() && values.equals(List.of(ip));
  }

  /** As plans and errors show it. */
  String shown() {
    return kind.map(k -> k + " record").orElse(String.join(", ", values) + " (TTL " + ttl + " s)");
  }

  private static Optional<String> kind(ResourceRecordSet set) {
    if (set.aliasTarget() != null) {
      return Optional.of("alias");
    }
    if (set.weight() != null) {
      return Optional.of("weighted");
    }
    if (Boolean.TRUE.equals(set.multiValueAnswer())) {
      return Optional.of("multi-value answer");
    }
    if (set.failover() != null) {
      return Optional.of("failover");
    }
    if (set.region() != null) {
      return Optional.of("latency");
    }
    if (set.trafficPolicyInstanceId() != null) {
      return Optional.of("traffic policy");
    }
    return Optional.ofNullable(set.setIdentifier()).map(id -> "routed");
  }
}
