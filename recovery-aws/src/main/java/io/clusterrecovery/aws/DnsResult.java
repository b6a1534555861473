package io.clusterrecovery.aws;

import io.clusterrecovery.Change;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the zone says now, and what it takes to put it back. Immutable and thread-safe. */
public final class DnsResult {
  private final String zoneId;
  private final List<DnsRecord> records;
  private final List<Change> changed;
  private final Optional<Instant> staleUntil;
  private final List<DnsEdit> edits;

  DnsResult(
      String zoneId,
      List<DnsRecord> records,
      List<Change> changed,
      Optional<Instant> staleUntil,
      List<DnsEdit> edits) {
    this.zoneId = zoneId;
    this.records = List.copyOf(records);
    this.changed = List.copyOf(changed);
    this.staleUntil = staleUntil;
    this.edits = List.copyOf(edits);
  }

  /** {@return the id of the zone} */
  public String zoneId() {
    return zoneId;
  }

  /** {@return each record that was named, read back; without those that were taken out} */
  public List<DnsRecord> records() {
    return records;
  }

  /** {@return what was changed by this call; empty if all was as wanted} */
  public List<Change> changed() {
    return changed;
  }

  /**
   * {@return until when resolvers may still give an old answer} In the past, unless an old TTL was
   * longer than what was waited for. Empty if nothing was changed.
   */
  public Optional<Instant> staleUntil() {
    return staleUntil;
  }

  /** What this run changed, also before it was resumed. */
  List<DnsEdit> edits() {
    return edits;
  }

  @Override
  public String toString() {
    return "hosted zone %s%s%s"
        .formatted(
            zoneId,
            records.stream().map(record -> "\n  " + record).collect(Collectors.joining()),
            Change.lines(changed));
  }
}
