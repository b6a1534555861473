package io.clusterrecovery.aws;

import java.util.List;

/**
 * A record as it was read back.
 *
 * @param name its whole name, without the dot at the end
 * @param type such as {@code A}, {@code AAAA} or {@code SRV}
 * @param ttl in seconds
 * @param values its values, as Route 53 spells them
 */
public record DnsRecord(String name, String type, long ttl, List<String> values) {
  /** Copies the list. */
  public DnsRecord {
    values = List.copyOf(values);
  }

  @Override
  public String toString() {
    return "%s %s %s, TTL %d s".formatted(name, type, String.join(" ", values), ttl);
  }

  static DnsRecord of(RecordSeen seen) {
    return new DnsRecord(seen.id().name(), seen.type(), seen.ttl(), seen.values());
  }
}
