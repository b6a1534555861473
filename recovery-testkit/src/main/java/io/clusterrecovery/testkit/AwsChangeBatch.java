package io.clusterrecovery.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** The changes of one request, and the pure decision whether Route 53 would carry them out. */
record AwsChangeBatch(List<Item> items) {
  private static final int MOST_RECORDS = 1000;
  private static final int MOST_CHARACTERS = 32_000;
  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}");

  /** One change. */
  record Item(String action, AwsRecordSet set) {}

  /** What a zone would hold afterwards, or why the batch as a whole is turned down. */
  record Verdict(List<String> errors, List<AwsRecordSet> after) {}

  static AwsChangeBatch parse(String body) {
    List<Item> items = new ArrayList<>();
    for (Element change : AwsXml.all(AwsXml.parse(body), "Change")) {
      Element set = AwsXml.all(change, "ResourceRecordSet").get(0);
      items.add(new Item(AwsXml.first(change, "Action"), AwsRecordSet.of(set)));
    }
    return new AwsChangeBatch(List.copyOf(items));
  }

  Verdict against(String zone, List<AwsRecordSet> current) {
    Map<AwsRecordKey, AwsRecordSet> sets = new LinkedHashMap<>();
    current.forEach(set -> sets.put(set.key(), set));
    List<String> errors = new ArrayList<>(tooMuch());
    for (Item item : items) {
      apply(item, zone, sets, errors);
    }
    return new Verdict(List.copyOf(errors), List.copyOf(sets.values()));
  }

  // The quotas of one request: an UPSERT counts twice, what has no values counts as one.
  private List<String> tooMuch() {
    int records = 0;
    int characters = 0;
    for (Item item : items) {
      int times = item.action().equals("UPSERT") ? 2 : 1;
      List<String> values = item.set().values();
      records += times * Math.max(1, values.size());
      characters += times * values.stream().mapToInt(String::length).sum();
    }
    List<String> errors = new ArrayList<>();
    if (records > MOST_RECORDS) {
      errors.add("Number of records limit of " + MOST_RECORDS + " exceeded.");
    }
    if (characters > MOST_CHARACTERS) {
      errors.add("Number of characters limit of " + MOST_CHARACTERS + " exceeded.");
    }
    return errors;
  }

  private static void apply(
      Item item, String zone, Map<AwsRecordKey, AwsRecordSet> sets, List<String> errors) {
    AwsRecordSet set = item.set();
    AwsRecordKey key = set.key();
    AwsRecordSet present = sets.get(key);
    if (!key.name().equals(zone) && !key.name().endsWith("." + zone)) {
      errors.add("RRSet with DNS name " + key.name() + " is not permitted in zone " + zone);
    } else if (item.action().equals("DELETE")) {
      delete(set, present, sets, errors);
    } else if (item.action().equals("CREATE") && present != null) {
      errors.add("Tried to create " + key.described() + " but it already exists");
    } else {
      badValues(set, errors);
      sets.put(key, set);
    }
  }

  private static void delete(
      AwsRecordSet set,
      @org.jspecify.annotations.Nullable AwsRecordSet present,
      Map<AwsRecordKey, AwsRecordSet> sets,
      List<String> errors) {
    String tried = "Tried to delete " + set.key().described();
    if (present == null) {
      errors.add(tried + " but it was not found");
    } else if (!present.sameContent(set)) {
      errors.add(tried + " but the values provided do not match the current values");
    } else {
      sets.remove(set.key());
    }
  }

  private static void badValues(AwsRecordSet set, List<String> errors) {
    if (!set.key().type().equals("A")) {
      return;
    }
    for (String value : set.values()) {
      if (!IPV4.matcher(value).matches()) {
        errors.add(
            "Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with '"
                + value
                + "''");
      }
    }
  }
}
