package io.clusterrecovery.aws;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ResourceRecord;

/**
 * Packs edits into as few batches as Route 53 takes: 1,000 resource records and 32,000 characters
 * of values in one (Route 53 Developer Guide, "Quotas", read 2026). An edit is never split.
 */
final class DnsPacking {
  private static final int MOST_RECORDS = 1000;
  private static final int MOST_CHARACTERS = 32_000;

  private DnsPacking() {}

  static List<List<DnsEdit>> batches(List<DnsEdit> edits) {
    List<List<DnsEdit>> batches = new ArrayList<>();
    List<DnsEdit> batch = new ArrayList<>();
    int records = 0;
    int characters = 0;
    for (DnsEdit edit : edits) {
      int moreRecords = records(edit);
      int moreCharacters = characters(edit);
      boolean full =
          records + moreRecords > MOST_RECORDS || characters + moreCharacters > MOST_CHARACTERS;
      if (full && !batch.isEmpty()) {
        batches.add(List.copyOf(batch));
        batch.clear();
        records = 0;
        characters = 0;
      }
      batch.add(edit);
      records += moreRecords;
      characters += moreCharacters;
    }
    if (!batch.isEmpty()) {
      batches.add(List.copyOf(batch));
    }
    return batches;
  }

  // What has no resource records, as an alias, is counted as one.
  private static int records(DnsEdit edit) {
    return edit.compareAndSet().stream()
        .mapToInt(change -> Math.max(1, values(change).size()))
        .sum();
  }

  private static int characters(DnsEdit edit) {
    return edit.compareAndSet().stream()
        .flatMap(change -> values(change).stream())
        .mapToInt(record -> record.value().length())
        .sum();
  }

  private static List<ResourceRecord> values(Change change) {
    return change.resourceRecordSet().resourceRecords();
  }
}
