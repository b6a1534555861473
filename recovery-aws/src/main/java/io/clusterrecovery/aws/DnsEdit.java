package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * One record that differs: out with exactly what was seen, in with what is wanted.
 *
 * @param old the plain record seen; empty when there is none of that name
 */
record DnsEdit(String name, Optional<RecordSeen> old, String ip, long ttl) {

  Change planned(String zoneId) {
    String id = "dns/" + zoneId + "/" + name + "/A";
    String what = old.isPresent() ? "point record" : "create record";
    String from = old.map(RecordSeen::shown).orElse("absent");
    return Change.of(id, what, name + " A in zone " + zoneId, from, ip + " (TTL " + ttl + " s)");
  }

  /** The new record in place of the old one, only if the old one is still exactly as seen. */
  List<software.amazon.awssdk.services.route53.model.Change> compareAndSet() {
    return java.util.stream.Stream.concat(
            old.stream().map(r -> item(ChangeAction.DELETE, r.values(), r.ttl())),
            java.util.stream.Stream.of(item(ChangeAction.CREATE, List.of(ip), ttl)))
        .toList();
  }

  /** The new record in place of itself: changes nothing, and fails if it isn't there. */
  List<software.amazon.awssdk.services.route53.model.Change> confirmation() {
    return List.of(
        item(ChangeAction.DELETE, List.of(ip), ttl), item(ChangeAction.CREATE, List.of(ip), ttl));
  }

  private software.amazon.awssdk.services.route53.model.Change item(
      ChangeAction action, List<String> values, long seconds) {
    List<ResourceRecord> records =
        values.stream().map(v -> ResourceRecord.builder().value(v).build()).toList();
    ResourceRecordSet set =
        ResourceRecordSet.builder()
            .name(name + ".")
            .type(RRType.A)
            .ttl(seconds)
            .resourceRecords(records)
            .build();
    return software.amazon.awssdk.services.route53.model.Change.builder()
        .action(action)
        .resourceRecordSet(set)
        .build();
  }
}
