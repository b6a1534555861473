package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the lock of a host says, as one line of JSON.
 *
 * @param run the run that holds it
 * @param owner who began that run
 * @param machine the machine it was begun from
 * @param process the process it was begun in, as {@link Operator} writes it
 * @param since when it was taken
 * @param journal the file of the run's journal on that machine, or null for a run without one
 * @param tookOverFrom whose lock it took the place of by force, or null
 */
record LockEntry(
    String run,
    String owner,
    String machine,
    String process,
    Instant since,
    @Nullable String journal,
    @Nullable String tookOverFrom) {

  LockEntry {
    requireNonNull(run, "run");
    requireNonNull(owner, "owner");
    requireNonNull(machine, "machine");
    requireNonNull(process, "process");
    requireNonNull(since, "since");
  }

  String text() {
    return Json.write(this);
  }

  /** Fails with an {@link IllegalArgumentException} if the text is no lock. */
  static LockEntry of(String text) {
    return Json.read(text, LockEntry.class);
  }

  String words() {
    String where = journal == null ? "without a journal" : "journal " + journal;
    return "locked by %s since %s, for run %s (%s)".formatted(owner, since, run, where);
  }
}
