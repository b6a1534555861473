package io.clusterrecovery.aws;

import io.clusterrecovery.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The batches that this run handed in for these records, kept in its journal: after a crash the
 * zone holds what is wanted, but the name servers may not, nor may resolvers have forgotten.
 */
final class DnsBatches {
  private final RunContext run;
  private final String records;

  DnsBatches(RunContext run, String zoneId, Iterable<String> records) {
    this.run = run;
    this.records = " of " + zoneId + " for " + String.join(",", records);
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

  /** Keeps the batch that this hands in, as the last one. */
  void add(Supplier<Batch> submission) {
    String unused = run.once(key(all().size() + 1), () -> submission.get().kept());
  }

  boolean inSync(Batch batch) {
    return run.remembered(syncKey(batch)).isPresent();
  }

  /** How much of the old TTL is left, counted from when the batch was first seen in sync. */
  Duration leftOfOldTtl(Batch batch) {
    Instant now = run.clock().now();
    Instant synced = Instant.parse(run.once(syncKey(batch), now::toString));
    Duration ttl = Duration.ofSeconds(batch.oldTtl());
    Duration left = ttl.minus(Duration.between(synced, now));
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(ttl) > 0 ? ttl : left;
  }

  private String key(int number) {
    return "batch " + number + records;
  }

  private static String syncKey(Batch batch) {
    return "in sync " + batch.id();
  }
}
