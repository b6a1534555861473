package io.clusterrecovery.aws;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * One record set of a zone, with all that Route 53 keeps about it: only so can it be deleted as
 * exactly this one, and its TTL, routing policy and set identifier be kept.
 */
record RecordSeen(ResourceRecordSet set) {

  static RecordSeen plain(String name, String type, long ttl, List<String> values) {
    ResourceRecordSet.Builder set =
        ResourceRecordSet.builder().name(name + ".").type(type).ttl(ttl);
    return new RecordSeen(set.resourceRecords(records(values)).build());
  }

  RecordId id() {
    String identifier = set.setIdentifier() == null ? "" : set.setIdentifier();
    return new RecordId(DnsNames.relative(set.name()), type(), identifier);
  }

  String type() {
    return set.typeAsString();
  }

  long ttl() {
    return set.ttl() == null ? 0 : set.ttl();
  }

  List<String> values() {
    return set.resourceRecords().stream().map(ResourceRecord::value).toList();
  }

  /** The same record with other values. */
  RecordSeen with(List<String> values) {
    return new RecordSeen(set.toBuilder().resourceRecords(records(values)).build());
  }

  boolean holds(List<String> wanted) {
    return normal(values()).equals(normal(wanted));
  }

  /** Whether it is the same record with the same content, in whatever order and spelling. */
  boolean same(RecordSeen other) {
    return bare().equals(other.bare()) && id().equals(other.id()) && holds(other.values());
  }

  /** How it is more than a plain record, such as "alias"; empty for a plain one. */
  Optional<String> kind() {
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
    return Optional.ofNullable(set.setIdentifier()).map(identifier -> "routed");
  }

  /** As plans and errors show it. */
  String shown() {
    if (set.aliasTarget() != null) {
      return "alias of " + DnsNames.relative(set.aliasTarget().dnsName());
    }
    String routing = kind().map(k -> k + " '" + id().setIdentifier() + "' ").orElse("");
    return routing + String.join(", ", values()) + " (TTL " + ttl() + " s)";
  }

  private ResourceRecordSet bare() {
    return set.toBuilder().name(id().name()).resourceRecords(List.of()).build();
  }

  private static List<String> normal(List<String> values) {
    return values.stream().map(RecordSeen::normal).sorted().toList();
  }

  // The dot at the end of a name in a value is optional, and its case does not count; that the same
  // is done to texts does no harm, since none is ever wanted.
  private static String normal(String value) {
    String lower = value.strip().toLowerCase(Locale.ROOT);
    return Ip.normal(lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower);
  }

  private static List<ResourceRecord> records(List<String> values) {
    return values.stream().map(v -> ResourceRecord.builder().value(v).build()).toList();
  }
}
