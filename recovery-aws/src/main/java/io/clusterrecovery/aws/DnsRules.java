package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides, of what was seen of a zone, which records differ and which are not to be touched. */
final class DnsRules {
  private final DnsSettings settings;
  private final ZoneSeen zone;
  private final List<Refusal> refusals = new ArrayList<>();
  private final Map<String, String> wanted = new LinkedHashMap<>();

  private DnsRules(DnsSettings settings, ZoneSeen zone) {
    this.settings = settings;
    this.zone = zone;
  }

  /** What is to be done: all refusals, or the edits. Names are whole ones. */
  record Decision(List<Refusal> refusals, Map<String, String> wanted, List<DnsEdit> edits) {}

  static Decision decide(DnsSettings settings, ZoneSeen zone) {
    return new DnsRules(settings, zone).decision();
  }

  /** The whole names that can be in that zone; the others are refused by {@link #decide}. */
  static List<String> names(DnsSettings settings, String zone) {
    return settings.records().keySet().stream()
        .flatMap(name -> DnsNames.within(zone, name).stream())
        .distinct()
        .toList();
  }

  private Decision decision() {
    checkZone();
    settings.records().forEach(this::want);
    List<DnsEdit> edits = new ArrayList<>();
    wanted.forEach((name, ip) -> edit(name, ip).ifPresent(edits::add));
    return new Decision(List.copyOf(refusals), wanted, List.copyOf(edits));
  }

  private void checkZone() {
    if (!zone.isPrivate() && !settings.publicAccepted()) {
      refuse(
          Code.ZONE_UNKNOWN,
          "Zone %s is no private zone: it is the public zone %s.".formatted(zone.id(), zone.name()),
          "Give the id of the private zone, or accept this one by acceptPublicZone().");
    }
  }

  private void want(String name, String ip) {
    Optional<String> whole = DnsNames.within(zone.name(), name);
    if (whole.isEmpty()) {
      refuse(
          Code.RECORD_UNSUPPORTED,
          "The name %s is not in zone %s (%s).".formatted(name, zone.id(), zone.name()),
          "Give a name that ends with the zone's, or one without a dot.");
      return;
    }
    String earlier = wanted.putIfAbsent(whole.get(), ip);
    if (earlier != null) {
      refuse(
          Code.RECORD_UNSUPPORTED,
          "The record %s was given twice: %s and %s.".formatted(whole.get(), earlier, ip),
          "Name each record once.");
    }
  }

  private Optional<DnsEdit> edit(String name, String ip) {
    List<RecordSeen> same = zone.named(name);
    Optional<RecordSeen> odd = same.stream().filter(DnsRules::untouchable).findFirst();
    if (odd.isPresent()) {
      refuse(
          Code.RECORD_UNSUPPORTED,
          "The record %s is %s, not one address.".formatted(name, described(odd.get())),
          "Change that record by hand, or leave it out.");
      return Optional.empty();
    }
    Optional<RecordSeen> old = same.stream().filter(r -> r.type().equals("A")).findFirst();
    if (old.filter(r -> r.holds(ip)).isPresent()) {
      return Optional.empty();
    }
    long ttl = old.map(RecordSeen::ttl).orElse(settings.ttlOfNew().toSeconds());
    return Optional.of(new DnsEdit(name, old, ip, ttl));
  }

  // A CNAME can stand beside no other record of its name.
  private static boolean untouchable(RecordSeen seen) {
    boolean address = seen.type().equals("A");
    return seen.type().equals("CNAME")
        || (address && (seen.kind().isPresent() || seen.values().size() != 1));
  }

  private static String described(RecordSeen seen) {
    String kind = seen.kind().orElse(seen.type().equals("CNAME") ? "CNAME" : "multi-value");
    return "of kind " + kind + " (" + String.join(", ", seen.values()) + ")";
  }

  private void refuse(Code code, String found, String next) {
    refusals.add(new Refusal(code, found, next));
  }
}
