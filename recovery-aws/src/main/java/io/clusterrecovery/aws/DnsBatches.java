package io.clusterrecovery.aws;

import io.clusterrecovery.RunContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * The batches that this run handed in for these records, kept in its journal: after a crash the
 * zone holds what is wanted, but the name servers may not, nor may resolvers have forgotten.
 */
final class DnsBatches {
  private final RunContext run;
  private final String records;

  DnsBatches(RunContext run, String zoneId, List<RecordId> records) {
    this.run = run;
    byte[] names = records.toString().getBytes(StandardCharsets.UTF_8);
    this.records =
        " of %s for %d records %s".formatted(zoneId, records.size(), UUID.nameUUIDFromBytes(names));
  }

  /**
   * One batch.
   *
   * @param id what Route 53 calls it
   * @param oldTtl the longest TTL, in seconds, of the records it replaced
   */
  record Batch(String id, long oldTtl) {
    private static Batch of(String kept) {
      String[] part = kept.split(" ", -1);
      return new Batch(part[0], Long.parseLong(part[1]));
    }

    private String kept() {
      return id + " " + oldTtl;
    }
  }

  /** Every batch so far, the first one first. */
  List<Batch> all() {
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> run.remembered(key(n)))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .map(Batch::of)
        .toList();
  }

  /** Keeps what is about to be handed in, so that it can be undone however the run goes on. */
  void intend(List<DnsEdit> edits) {
    String unused = run.once(intent(intents().size() + 1), () -> RecordText.of(edits));
  }

  /**
   * What this run changed, of each record the last edit. To be asked once all records are known to
   * be as wanted: an intent alone does not say that it was carried out.
   */
  List<DnsEdit> edits() {
    Map<RecordId, DnsEdit> last = new LinkedHashMap<>();
    intents().forEach(text -> RecordText.parse(text).forEach(edit -> last.put(edit.id(), edit)));
    return List.copyOf(last.values());
  }

  private List<String> intents() {
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> run.remembered(intent(n)))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Keeps the batch that was handed in, as the last one. */
  void add(Batch batch) {
    String unused = run.once(key(all().size() + 1), batch::kept);
  }

  boolean inSync(Batch batch) {
    return run.remembered(syncKey(batch)).isPresent();
  }

  /** Until when resolvers may give the old answers: from when it was first seen in sync. */
  Instant staleUntil(Batch batch) {
    String synced = run.once(syncKey(batch), () -> run.clock().now().toString());
    return Instant.parse(synced).plusSeconds(batch.oldTtl());
  }

  private String intent(int number) {
    return "edits " + number + records;
  }

  private String key(int number) {
    return "batch " + number + records;
  }

  private static String syncKey(Batch batch) {
    return "in sync " + batch.id();
  }
}
