package io.clusterrecovery.aws;

import io.clusterrecovery.AddressRecord;
import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides, of what was seen of a zone, what is wanted in it and what has to change for that. */
final class DnsRules {
  private final DnsSettings settings;
  private final ZoneSeen zone;
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<RecordId, List<String>> wanted = new LinkedHashMap<>();

  private DnsRules(DnsSettings settings, ZoneSeen zone) {
    this.settings = settings;
    this.zone = zone;
  }

  static DnsDecision decide(DnsSettings settings, ZoneSeen zone) {
    return new DnsRules(settings, zone).decision();
  }

  private DnsDecision decision() {
    checkZone();
    settings.records().forEach(this::want);
    settings.etcd().ifPresent(this::wantEtcd);
    RecordRules rules = new RecordRules(settings, zone);
    List<DnsEdit> edits = new ArrayList<>();
    List<DnsDecision.Held> held = new ArrayList<>();
    wanted.forEach(
        (id, values) -> {
          List<Refusal> against = rules.against(id, values);
          refusals.addAll(against);
          if (against.isEmpty()) {
            Optional<DnsEdit> edit = rules.edit(id, values);
            edit.ifPresent(edits::add);
            held.add(held(id, edit, rules));
          }
        });
    noteOtherFamilies();
    return new DnsDecision(refusals, edits, held, notes);
  }

  private static DnsDecision.Held held(RecordId id, Optional<DnsEdit> edit, RecordRules rules) {
    Optional<RecordSeen> record = edit.isPresent() ? edit.get().after() : rules.chosen(id);
    return new DnsDecision.Held(record.map(RecordSeen::id).orElse(id), record);
  }

  private void checkZone() {
    if (!zone.isPrivate() && !settings.accepted().publicZone()) {
      refuse(
          Code.ZONE_UNKNOWN,
          "Zone %s is no private zone: it is the public zone %s.".formatted(zone.id(), zone.name()),
          "Give the id of the private zone, or accept this one by acceptPublicZone().");
    }
  }

  private void want(AddressRecord record) {
    Optional<String> whole = DnsNames.within(zone.name(), record.name());
    if (whole.isEmpty()) {
      refuseOutside("The name " + record.name());
      return;
    }
    want(RecordId.plain(whole.get(), Ip.recordType(record.address())), List.of(record.address()));
  }

  private void wantEtcd(DnsSettings.Etcd etcd) {
    if (DnsNames.within(zone.name(), etcd.domain()).filter(etcd.domain()::equals).isEmpty()) {
      refuseOutside("The domain " + etcd.domain());
      return;
    }
    EtcdIndexes.Given given = EtcdIndexes.decide(etcd, settings.lost(), zone);
    refusals.addAll(given.refusals());
    notes.addAll(given.notes());
    given
        .addresses()
        .forEach((name, ip) -> want(RecordId.plain(name, Ip.recordType(ip)), List.of(ip)));
    want(RecordId.plain(EtcdIndexes.serviceName(etcd.domain()), "SRV"), given.services());
  }

  private void want(RecordId id, List<String> values) {
    List<String> earlier = wanted.putIfAbsent(id, values);
    if (earlier != null && !earlier.equals(values)) {
      refuse(
          Code.RECORD_UNSUPPORTED,
          "The record %s was given twice: %s and %s."
              .formatted(id, String.join(", ", earlier), String.join(", ", values)),
          "Name each record once.");
    }
  }

  private void noteOtherFamilies() {
    for (RecordId id : wanted.keySet()) {
      String other = id.type().equals("A") ? "AAAA" : "A";
      boolean stays =
          !id.type().equals("SRV") && !wanted.containsKey(RecordId.plain(id.name(), other));
      if (stays && !zone.named(id.name(), other).isEmpty()) {
        notes.add(
            "%s also has %s %s, which was not named and stays"
                .formatted(id.name(), other, zone.shown(id.name(), other)));
      }
    }
  }

  private void refuseOutside(String what) {
    refuse(
        Code.RECORD_UNSUPPORTED,
        "%s is not in zone %s (%s).".formatted(what, zone.id(), zone.name()),
        "Give a name that ends with the zone's, or one without a dot.");
  }

  private void refuse(Code code, String found, String next) {
    refusals.add(new Refusal(code, found, next));
  }
}
