package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.RunContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Reads zones; never judges. */
final class DnsObserver {
  private final Route53Client route53;
  private final DnsSettings settings;
  private final AwsPace pace;

  DnsObserver(Route53Client route53, DnsSettings settings, AwsPace pace) {
    this.route53 = route53;
    this.settings = settings;
    this.pace = pace;
  }

  ZoneSeen look(RunContext run) {
    AwsCalls calls = AwsCalls.ofRoute53(run, settings.callLimit(), pace);
    GetHostedZoneResponse zone = zone(run, calls);
    String name = DnsNames.relative(zone.hostedZone().name());
    boolean isPrivate = Boolean.TRUE.equals(zone.hostedZone().config().privateZone());
    Map<String, List<RecordSeen>> records = new LinkedHashMap<>();
    for (String wanted : DnsRules.names(settings, name)) {
      List<RecordSeen> seen =
          calls.repeatable("reading the records " + wanted, limit -> records(wanted, limit));
      records.put(wanted, seen);
    }
    return new ZoneSeen(settings.zoneId(), name, isPrivate, records);
  }

  private GetHostedZoneResponse zone(RunContext run, AwsCalls calls) {
    try {
      return calls.repeatable(
          "reading the zone",
          limit ->
              route53.getHostedZone(r -> r.id(settings.zoneId()).overrideConfiguration(limit)));
    } catch (RuntimeException e) {
      if (e.getCause() instanceof NoSuchHostedZoneException) {
        String found = "There is no hosted zone " + settings.zoneId() + ".";
        String next = "Give the id of the private zone, and a client of the account that owns it.";
        throw run.failure(Code.ZONE_UNKNOWN, found, next, e.getCause());
      }
      throw e;
    }
  }

  /** Every record set of that name, of any type; they come one after the other. */
  List<RecordSeen> records(String name, AwsRequestOverrideConfiguration limit) {
    List<RecordSeen> found = new ArrayList<>();
    ListResourceRecordSetsResponse page = page(name, null, null, limit);
    while (true) {
      for (ResourceRecordSet set : page.resourceRecordSets()) {
        if (DnsNames.relative(set.name()).equals(name)) {
          found.add(RecordSeen.of(set));
        }
      }
      boolean more =
          Boolean.TRUE.equals(page.isTruncated())
              && DnsNames.relative(page.nextRecordName()).equals(name);
      if (!more) {
        return List.copyOf(found);
      }
      page = page(name, page.nextRecordTypeAsString(), page.nextRecordIdentifier(), limit);
    }
  }

  private ListResourceRecordSetsResponse page(
      String name,
      @org.jspecify.annotations.Nullable String type,
      @org.jspecify.annotations.Nullable String identifier,
      AwsRequestOverrideConfiguration limit) {
    return route53.listResourceRecordSets(
        r ->
            r.hostedZoneId(settings.zoneId())
                .startRecordName(name + ".")
                .startRecordType(type)
                .startRecordIdentifier(identifier)
                .overrideConfiguration(limit));
  }
}
