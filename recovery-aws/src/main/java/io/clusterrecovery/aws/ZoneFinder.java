package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;

/** Finds the one zone that fits; refuses when there is none, or more than one. */
final class ZoneFinder {
  private final Route53Client route53;
  private final RunContext run;
  private final AwsCalls calls;

  ZoneFinder(Route53Client route53, RunContext run, AwsCalls calls) {
    this.route53 = route53;
    this.run = run;
    this.calls = calls;
  }

  /** The zone, without records. */
  ZoneSeen find(ZoneChoice choice) {
    if (choice instanceof ZoneChoice.ById zone) {
      return seen(byId(zone.id()).hostedZone());
    }
    return byName((ZoneChoice.ByName) choice);
  }

  private GetHostedZoneResponse byId(String id) {
    try {
      return calls.repeatable(
          "reading the zone",
          limit -> route53.getHostedZone(r -> r.id(id).overrideConfiguration(limit)));
    } catch (RuntimeException e) {
      if (e.getCause() instanceof NoSuchHostedZoneException) {
        String found = "There is no hosted zone " + id + ".";
        String next = "Give the id of the private zone, and a client of the account that owns it.";
        throw run.failure(Code.ZONE_UNKNOWN, found, next, e.getCause());
      }
      throw e;
    }
  }

  private ZoneSeen byName(ZoneChoice.ByName choice) {
    List<HostedZone> named = allNamed(choice.name());
    List<HostedZone> fitting =
        named.stream()
            .filter(zone -> isPrivate(zone) == choice.isPrivate() && isOf(zone, choice))
            .toList();
    if (fitting.size() == 1) {
      return seen(fitting.get(0));
    }
    if (fitting.isEmpty()) {
      String others = named.isEmpty() ? "none of that name at all" : "only " + listed(named);
      throw run.failure(
          Code.ZONE_UNKNOWN,
          "There is no %s: there is %s.".formatted(choice, others),
          "Check name, kind and VPC, and whether the client is one of the account that owns it.",
          null);
    }
    throw run.failure(
        Code.ZONE_AMBIGUOUS,
        "More than one zone is a %s: %s.".formatted(choice, listed(fitting)),
        "Name the right one by its id, or by the VPC that it serves.",
        null);
  }

  // They come in the order of their names, from the given one on.
  private List<HostedZone> allNamed(String name) {
    List<HostedZone> found = new ArrayList<>();
    String fromId = "";
    while (true) {
      ListHostedZonesByNameResponse page = page(name, fromId);
      page.hostedZones().stream()
          .filter(zone -> DnsNames.relative(zone.name()).equals(name))
          .forEach(found::add);
      boolean more =
          Boolean.TRUE.equals(page.isTruncated())
              && DnsNames.relative(page.nextDNSName()).equals(name);
      if (!more) {
        return found;
      }
      fromId = page.nextHostedZoneId();
    }
  }

  private ListHostedZonesByNameResponse page(String name, String fromId) {
    return calls.repeatable(
        "finding the zone",
        limit ->
            route53.listHostedZonesByName(
                r ->
                    r.dnsName(name + ".")
                        .hostedZoneId(fromId.isEmpty() ? null : fromId)
                        .overrideConfiguration(limit)));
  }

  private boolean isOf(HostedZone zone, ZoneChoice.ByName choice) {
    return choice
        .vpc()
        .map(id -> byId(plainId(zone)).vpCs().stream().anyMatch(vpc -> id.equals(vpc.vpcId())))
        .orElse(true);
  }

  private static String listed(List<HostedZone> zones) {
    return zones.stream()
        .map(zone -> (isPrivate(zone) ? "private " : "public ") + plainId(zone) + comment(zone))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String comment(HostedZone zone) {
    String comment = zone.config() == null ? null : zone.config().comment();
    return comment == null || comment.isBlank() ? "" : " (" + comment + ")";
  }

  private static ZoneSeen seen(HostedZone zone) {
    return new ZoneSeen(plainId(zone), DnsNames.relative(zone.name()), isPrivate(zone), Map.of());
  }

  private static boolean isPrivate(HostedZone zone) {
    return zone.config() != null && Boolean.TRUE.equals(zone.config().privateZone());
  }

  private static String plainId(HostedZone zone) {
    return DnsNames.zoneId(zone.id());
  }
}
