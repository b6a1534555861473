package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides how a zone gets back to what it was before an update: by the inverse of each edit. */
final class DnsRollback {
  private DnsRollback() {}

  /**
   * What is to be done: nothing about a record that is as it was, nor about one that others edited.
   */
  static DnsDecision decide(List<DnsEdit> done, ZoneSeen zone) {
    List<Refusal> refusals = new ArrayList<>();
    List<DnsEdit> edits = new ArrayList<>();
    List<DnsDecision.Held> held = new ArrayList<>();
    for (DnsEdit edit : done) {
      Optional<RecordSeen> now = zone.find(edit.id());
      held.add(new DnsDecision.Held(edit.id(), edit.before()));
      if (same(now, edit.after())) {
        edits.add(edit.inverse());
      } else if (!same(now, edit.before())) {
        refusals.add(edited(edit, now));
      }
    }
    return new DnsDecision(refusals, edits, held, List.of());
  }

  private static boolean same(Optional<RecordSeen> one, Optional<RecordSeen> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.isEmpty() == other.isEmpty();
    }
    return one.get().same(other.get());
  }

  private static Refusal edited(DnsEdit edit, Optional<RecordSeen> now) {
    return new Refusal(
        Code.CONCURRENT_CHANGE,
        "The record %s was set to %s and is %s now."
            .formatted(edit.id(), DnsEdit.shown(edit.after()), DnsEdit.shown(now)),
        "Somebody else changed it since: put it right by hand.");
  }
}
