package io.clusterrecovery.aws;

import io.clusterrecovery.AddressRecord;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Zones and settings for tests of decisions. */
final class DnsFixtures {
  static final Duration LIMIT = Duration.ofSeconds(1);

  private DnsFixtures() {}

  static DnsSettings settings(Map<String, String> wanted, DnsAccepted accepted, String... lost) {
    List<AddressRecord> records =
        wanted.entrySet().stream().map(e -> new AddressRecord(e.getKey(), e.getValue())).toList();
    return new DnsSettings(
        new ZoneChoice.ById("Z1"),
        records,
        Optional.empty(),
        Set.of(lost),
        accepted,
        Duration.ofSeconds(45),
        new DnsSettings.Limits(LIMIT, LIMIT, LIMIT),
        List.of());
  }

  static ZoneSeen zone(RecordSeen... records) {
    Map<String, List<RecordSeen>> byName =
        Arrays.stream(records).collect(Collectors.groupingBy(r -> r.id().name()));
    return new ZoneSeen("Z1", "lab.test", true, byName);
  }

  static RecordSeen record(String name, String type, String... values) {
    return RecordSeen.plain(name + ".lab.test", type, 60, List.of(values));
  }

  static RecordSeen weighted(String name, String identifier, String... values) {
    ResourceRecordSet.Builder set = record(name, "A", values).set().toBuilder();
    return new RecordSeen(set.setIdentifier(identifier).weight(10L).build());
  }

  static RecordSeen alias(String name, String target) {
    AliasTarget to = AliasTarget.builder().dnsName(target + ".").hostedZoneId("Z9").build();
    return new RecordSeen(
        ResourceRecordSet.builder().name(name + ".lab.test.").type("A").aliasTarget(to).build());
  }
}
