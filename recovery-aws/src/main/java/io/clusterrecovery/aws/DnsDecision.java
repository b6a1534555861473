package io.clusterrecovery.aws;

import io.clusterrecovery.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done to a zone: all refusals, or the edits.
 *
 * @param held what the zone holds afterwards, of every record that was named
 * @param notes what a reader of the plan should know besides
 */
record DnsDecision(
    List<Refusal> refusals, List<DnsEdit> edits, List<Held> held, List<String> notes) {

  /** One record afterwards; empty if there shall be none. */
  record Held(RecordId id, Optional<RecordSeen> record) {}

  DnsDecision {
    refusals = List.copyOf(refusals);
    edits = List.copyOf(edits);
    held = List.copyOf(held);
    notes = List.copyOf(notes);
  }

  long longestOldTtl() {
    return edits.stream().mapToLong(DnsEdit::oldTtl).max().orElse(0);
  }
}
