package io.clusterrecovery.aws;

import io.clusterrecovery.RunContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.route53.Route53Client;

/** Looks at a zone; never judges. */
final class DnsZone {
  private final Route53Client route53;
  private final RunContext run;
  private final AwsCalls calls;

  DnsZone(Route53Client route53, RunContext run, AwsCalls calls) {
    this.route53 = route53;
    this.run = run;
    this.calls = calls;
  }

  /** The zone, and what it holds of the names that these settings are about. */
  ZoneSeen look(DnsSettings settings) {
    ZoneSeen zone = new ZoneFinder(route53, run, calls).find(settings.zone());
    return with(zone, WantedNames.of(settings, zone.name()));
  }

  /** The zone of that id, and what it holds of those whole names. */
  ZoneSeen look(String id, Collection<String> names) {
    return with(new ZoneFinder(route53, run, calls).find(new ZoneChoice.ById(id)), names);
  }

  /** The same zone, read again. */
  ZoneSeen with(ZoneSeen zone, Collection<String> names) {
    Map<String, List<RecordSeen>> records =
        names.isEmpty()
            ? Map.of()
            : new ZoneReader(route53, zone.id()).read(names, calls::repeatable);
    return new ZoneSeen(zone.id(), zone.name(), zone.isPrivate(), records);
  }
}
