package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * One record that differs: out with exactly what was seen, in with what is wanted.
 *
 * @param before what was seen; empty for a record to be created
 * @param after what shall be; empty for a record to be deleted
 */
record DnsEdit(RecordId id, Optional<RecordSeen> before, Optional<RecordSeen> after) {
  private static final String ABSENT = "absent";

  static DnsEdit creating(RecordSeen after) {
    return new DnsEdit(after.id(), Optional.empty(), Optional.of(after));
  }

  static DnsEdit replacing(RecordSeen before, RecordSeen after) {
    return new DnsEdit(before.id(), Optional.of(before), Optional.of(after));
  }

  DnsEdit inverse() {
    return new DnsEdit(id, after, before);
  }

  Change planned(String zoneId) {
    String key = "dns/" + zoneId + "/" + id.name() + "/" + id.type();
    String what =
        before.isEmpty() ? "create record" : after.isEmpty() ? "delete record" : "point record";
    return Change.of(
        id.setIdentifier().isEmpty() ? key : key + "/" + id.setIdentifier(),
        what,
        id + " in zone " + zoneId,
        shown(before),
        shown(after));
  }

  long oldTtl() {
    return before.map(RecordSeen::ttl).orElse(0L);
  }

  /** The new record in place of the old one, only if the old one is still exactly as seen. */
  List<software.amazon.awssdk.services.route53.model.Change> compareAndSet() {
    return Stream.concat(
            before.stream().map(r -> item(ChangeAction.DELETE, r)),
            after.stream().map(r -> item(ChangeAction.CREATE, r)))
        .toList();
  }

  /** The new record in place of itself: changes nothing, and fails if it isn't there. */
  List<software.amazon.awssdk.services.route53.model.Change> confirmation() {
    return after.stream()
        .flatMap(r -> Stream.of(item(ChangeAction.DELETE, r), item(ChangeAction.CREATE, r)))
        .toList();
  }

  static String shown(Optional<RecordSeen> record) {
    return record.map(RecordSeen::shown).orElse(ABSENT);
  }

  private static software.amazon.awssdk.services.route53.model.Change item(
      ChangeAction action, RecordSeen record) {
    ResourceRecordSet set = record.set();
    return software.amazon.awssdk.services.route53.model.Change.builder()
        .action(action)
        .resourceRecordSet(set)
        .build();
  }
}
