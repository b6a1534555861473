package io.clusterrecovery.testkit;

import java.util.Map;
import java.util.regex.Pattern;

/** The names that IAM has for requests. */
final class AwsPermissions {
  private static final Map<Pattern, String> ROUTE53 =
      Map.ofEntries(
          at("GET", "hostedzone", "ListHostedZones"),
          at("GET", "hostedzonesbyname", "ListHostedZonesByName"),
          at("GET", "hostedzonesbyvpc", "ListHostedZonesByVPC"),
          at("GET", "hostedzone/[^/]+", "GetHostedZone"),
          at("GET", "hostedzone/[^/]+/rrset", "ListResourceRecordSets"),
          at("POST", "hostedzone/[^/]+/rrset", "ChangeResourceRecordSets"),
          at("GET", "change/[^/]+", "GetChange"));

  private AwsPermissions() {}

  static String of(AwsCall call) {
    String action =
        ROUTE53.entrySet().stream()
            .filter(known -> known.getKey().matcher(call.call()).matches())
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(call.call());
    return call.service() + ":" + action;
  }

  private static Map.Entry<Pattern, String> at(String method, String path, String action) {
    return Map.entry(Pattern.compile(method + " /2013-04-01/" + path + "/?"), action);
  }
}
