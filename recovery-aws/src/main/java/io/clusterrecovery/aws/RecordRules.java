package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Decides, of one record, whether it may be touched and how it has to change. */
final class RecordRules {
  private static final String SRV = "SRV";

  private final DnsSettings settings;
  private final ZoneSeen zone;
  private final DnsAccepted accepted;

  RecordRules(DnsSettings settings, ZoneSeen zone) {
    this.settings = settings;
    this.zone = zone;
    this.accepted = settings.accepted().within(zone.name());
  }

  /** Every reason not to touch it. */
  List<Refusal> against(RecordId id, List<String> values) {
    List<Refusal> refusals = new ArrayList<>();
    // A CNAME can stand beside no other record of its name.
    zone.named(id.name(), "CNAME").forEach(record -> refusals.add(byHand(id, "CNAME", record)));
    owner(id).ifPresent(owner -> refusals.add(owned(id, owner)));
    refusals.addAll(againstRouting(id));
    chosen(id)
        .filter(record -> !record.holds(values))
        .ifPresent(record -> refusals.addAll(againstContent(id, record)));
    return refusals;
  }

  /** The record set that is there, if there is one and no doubt about which one is meant. */
  Optional<RecordSeen> chosen(RecordId id) {
    List<RecordSeen> sets = zone.named(id.name(), id.type());
    String identifier = accepted.routed().getOrDefault(id.name(), "");
    return sets.stream().filter(r -> r.id().setIdentifier().equals(identifier)).findFirst();
  }

  /** What has to change, of a record that nothing is against. */
  Optional<DnsEdit> edit(RecordId id, List<String> values) {
    Optional<RecordSeen> old = chosen(id);
    if (old.isEmpty()) {
      return Optional.of(
          DnsEdit.creating(
              RecordSeen.plain(id.name(), id.type(), settings.ttlOfNew().toSeconds(), values)));
    }
    RecordSeen seen = old.get();
    if (seen.set().aliasTarget() != null) {
      RecordSeen bare =
          new RecordSeen(
              seen.set().toBuilder()
                  .aliasTarget((software.amazon.awssdk.services.route53.model.AliasTarget) null)
                  .ttl(settings.ttlOfNew().toSeconds())
                  .build());
      return Optional.of(DnsEdit.replacing(seen, bare.with(values)));
    }
    return seen.holds(values)
        ? Optional.empty()
        : Optional.of(DnsEdit.replacing(seen, seen.with(values)));
  }

  private List<Refusal> againstRouting(RecordId id) {
    List<RecordSeen> routed =
        zone.named(id.name(), id.type()).stream()
            .filter(r -> !r.id().setIdentifier().isEmpty())
            .toList();
    if (routed.isEmpty()) {
      return List.of();
    }
    String identifier = accepted.routed().get(id.name());
    if (identifier != null && chosen(id).isPresent()) {
      return List.of();
    }
    String next =
        "Change it by hand, or accept one of its sets by acceptRouted(\"%s\", …): %s."
            .formatted(
                id.name(),
                routed.stream().map(r -> r.id().setIdentifier()).collect(Collectors.joining(", ")));
    return List.of(unsupported(id, described(routed.get(0)), next));
  }

  private List<Refusal> againstContent(RecordId id, RecordSeen record) {
    List<Refusal> refusals = new ArrayList<>();
    if (record.set().aliasTarget() != null && !accepted.alias().contains(id.name())) {
      String next = "Change it by hand, or accept it by acceptAlias(\"%s\").".formatted(id.name());
      refusals.add(unsupported(id, described(record), next));
    }
    if (record.values().size() > 1
        && !id.type().equals(SRV)
        && !accepted.severalValues().contains(id.name())) {
      String next =
          "Change it by hand, or accept it by acceptSeveralValues(\"%s\").".formatted(id.name());
      refusals.add(unsupported(id, described(record), next));
    }
    foreign(id, record).ifPresent(refusals::add);
    return refusals;
  }

  private Optional<Refusal> foreign(RecordId id, RecordSeen record) {
    boolean all = settings.lost().isEmpty() || id.type().equals(SRV);
    boolean named = record.values().stream().map(Ip::normal).allMatch(settings.lost()::contains);
    if (all || named || accepted.foreign().contains(id.name())) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            Code.RECORD_NOT_NAMED,
            "The record %s is %s, which is of none of the lost hosts (%s)."
                .formatted(id, record.shown(), sorted(settings.lost())),
            "If that host shall lose it, name its address with lost(…), or accept the record by"
                + " acceptForeign(\"%s\").".formatted(id.name())));
  }

  // external-dns, and others after its pattern, say what is theirs by a text of the same name or of
  // one that begins with the type.
  private Optional<String> owner(RecordId id) {
    if (accepted.foreign().contains(id.name())) {
      return Optional.empty();
    }
    String typed = id.type().toLowerCase(Locale.ROOT) + "-" + id.name();
    return List.of(id.name(), typed).stream()
        .flatMap(name -> zone.named(name, "TXT").stream())
        .flatMap(record -> record.values().stream())
        .filter(value -> value.contains("heritage="))
        .findFirst();
  }

  private static Refusal owned(RecordId id, String owner) {
    return new Refusal(
        Code.RECORD_NOT_NAMED,
        "The record %s is kept by somebody else, who would change it back: %s."
            .formatted(id, owner),
        "Change it where it is kept, or accept it by acceptForeign(\"%s\").".formatted(id.name()));
  }

  private static Refusal byHand(RecordId id, String kind, RecordSeen record) {
    String described = "of kind %s (%s)".formatted(kind, String.join(", ", record.values()));
    return unsupported(id, described, "Change that record by hand, or leave it out.");
  }

  private static Refusal unsupported(RecordId id, String described, String next) {
    String found = "The record %s is %s, not one address.".formatted(id.name(), described);
    return new Refusal(Code.RECORD_UNSUPPORTED, found, next);
  }

  private static String described(RecordSeen seen) {
    return "of kind %s (%s)".formatted(seen.kind().orElse("multi-value"), seen.shown());
  }

  private static String sorted(java.util.Set<String> addresses) {
    return addresses.stream().sorted().collect(Collectors.joining(", "));
  }
}
