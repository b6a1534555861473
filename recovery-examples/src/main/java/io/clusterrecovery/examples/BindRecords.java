package io.clusterrecovery.examples;

import io.clusterrecovery.AddressRecord;
import io.clusterrecovery.DnsRecords;
import io.clusterrecovery.RecoveryStep;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A DNS of one's own at the port that recoveries take: BIND, or any server that takes dynamic
 * updates (RFC 2136). Immutable and thread-safe.
 */
final class BindRecords implements DnsRecords {
  private final BindServer server;
  private final String zone;

  /**
   * Takes a zone of that server.
   *
   * @param zone its name, without the dot at the end
   */
  BindRecords(BindServer server, String zone) {
    this.server = server;
    this.zone = zone;
  }

  @Override
  public RecoveryStep<Map<String, String>> pointing(List<AddressRecord> records) {
    Map<String, String> wanted = new TreeMap<>();
    for (AddressRecord record : records) {
      String name = record.name().contains(".") ? record.name() : record.name() + "." + zone;
      if (!name.matches("[A-Za-z0-9._-]+") || !record.address().matches("[0-9]+(\\.[0-9]+){3}")) {
        throw new IllegalArgumentException("not a name and an IPv4 address: " + record);
      }
      wanted.put(name, record.address());
    }
    return new BindStep(server, zone, wanted);
  }

  @Override
  public String toString() {
    return "BindRecords[" + zone + " on " + server + "]";
  }
}
