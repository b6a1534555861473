package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One change of the world that a plan holds.
 *
 * @param id stable across plans and runs: the same change in the same place has the same id, so
 *     that a journal can be compared with a plan
 * @param what what is done, as a short phrase
 * @param on what it is done to: a host, a record, a target group, a member
 * @param from how it is before
 * @param to how it is afterwards
 * @param undo whether it can be taken back
 */
public record Change(String id, String what, String on, String from, String to, Undo undo) {

  /** Whether a change can be taken back. */
  public enum Undo {
    /** It can be taken back. */
    POSSIBLE,
    /** It cannot be taken back. */
    IMPOSSIBLE
  }

  /** Checks for null. */
  public Change {
    requireNonNull(id, "id");
    requireNonNull(what, "what");
    requireNonNull(on, "on");
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(undo, "undo");
  }

  /** {@return a change that can be taken back} */
  public static Change of(String id, String what, String on, String from, String to) {
    return new Change(id, what, on, from, to, Undo.POSSIBLE);
  }

  /** {@return this change, marked as one that cannot be taken back} */
  public Change withoutUndo() {
    return new Change(id, what, on, from, to, Undo.IMPOSSIBLE);
  }

  /** {@return a line for each of them, as a result tells what it has changed} */
  public static String lines(List<Change> changed) {
    return changed.isEmpty()
        ? "\n  nothing was changed"
        : changed.stream()
            .map(change -> "\n  changed: %s on %s".formatted(change.what(), change.on()))
            .collect(Collectors.joining());
  }

  @Override
  public String toString() {
    return "%s on %s: from %s to %s".formatted(what, on, from, to);
  }
}
