package io.clusterrecovery.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsResponse;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Reads records, whole pages at a time from the first name to the last one: one call for each of
 * 500 names would take minutes at the rate an account is allowed.
 */
final class ZoneReader {
  private static final Comparator<String> ORDER = Comparator.comparing(DnsNames::sortKey);

  private final Route53Client route53;
  private final String zoneId;

  ZoneReader(Route53Client route53, String zoneId) {
    this.route53 = route53;
    this.zoneId = zoneId;
  }

  /** How one page is called for. */
  interface Caller {
    <T> T call(String what, Function<AwsRequestOverrideConfiguration, T> attempt);
  }

  /**
   * Every record set between the first and the last of these names, of any type, by whole name.
   *
   * @param names whole names, not empty
   */
  Map<String, List<RecordSeen>> read(Collection<String> names, Caller caller) {
    TreeSet<String> sorted = new TreeSet<>(ORDER);
    sorted.addAll(names);
    String last = sorted.last();
    Map<String, List<RecordSeen>> found = new LinkedHashMap<>();
    ListResourceRecordSetsResponse page = page(caller, sorted.first(), null, null);
    while (true) {
      page.resourceRecordSets().forEach(set -> keep(set, found));
      boolean more =
          Boolean.TRUE.equals(page.isTruncated())
              && ORDER.compare(DnsNames.relative(page.nextRecordName()), last) <= 0;
      if (!more) {
        return found;
      }
      page =
          page(
              caller,
              DnsNames.relative(page.nextRecordName()),
              page.nextRecordTypeAsString(),
              page.nextRecordIdentifier());
    }
  }

  private static void keep(ResourceRecordSet set, Map<String, List<RecordSeen>> found) {
    RecordSeen seen = new RecordSeen(set);
    found.computeIfAbsent(seen.id().name(), name -> new ArrayList<>()).add(seen);
  }

  private ListResourceRecordSetsResponse page(
      Caller caller, String name, @Nullable String type, @Nullable String identifier) {
    return caller.call(
        "reading the records from " + name,
        limit ->
            route53.listResourceRecordSets(
                r ->
                    r.hostedZoneId(zoneId)
                        .startRecordName(name + ".")
                        .startRecordType(type)
                        .startRecordIdentifier(identifier)
                        .overrideConfiguration(limit)));
  }
}
