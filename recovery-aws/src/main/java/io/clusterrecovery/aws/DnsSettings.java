package io.clusterrecovery.aws;

import io.clusterrecovery.AddressRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link DnsUpdater} was told.
 *
 * @param records in the order given
 * @param lost addresses whose records may be taken; empty if any may
 */
record DnsSettings(
    ZoneChoice zone,
    List<AddressRecord> records,
    Optional<Etcd> etcd,
    Set<String> lost,
    DnsAccepted accepted,
    Duration ttlOfNew,
    Limits limits,
    List<String> resolvers) {

  /** The etcd records that shall be: one for each of those addresses. */
  record Etcd(String domain, List<String> members) {}

  /** How long what may take. */
  record Limits(Duration call, Duration sync, Duration oldTtl) {}

  DnsSettings {
    records = List.copyOf(records);
    lost = Set.copyOf(lost);
    resolvers = List.copyOf(resolvers);
  }
}
