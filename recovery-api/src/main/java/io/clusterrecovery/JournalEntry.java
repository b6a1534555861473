package io.clusterrecovery;

import java.time.Instant;

/**
 * One line of a journal.
 *
 * @param at when it was written
 * @param kind what it tells
 * @param key what it is about: a step, or a step and a change
 * @param detail more of it
 */
record JournalEntry(Instant at, Kind kind, String key, String detail) {

  enum Kind {
    /** A run began; the key is the runbook's name, the detail the run's id. */
    RUN,
    /** A run was taken up again. */
    RESUMED,
    /** A step began. */
    STEP,
    /** A change is about to be made. */
    INTENT,
    /** The change was made. */
    DONE,
    /** The change failed, and may have had an effect. */
    FAILED,
    /** A step ended; the detail is its outcome. */
    STEP_END,
    /** The run ended; the detail is its outcome. */
    RUN_END,
    /** A value that the run settled once. */
    VALUE
  }
}
