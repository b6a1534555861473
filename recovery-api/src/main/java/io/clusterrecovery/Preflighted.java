package io.clusterrecovery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The first step of a recovery, which refuses for whatever would stop a later one too: all looks
 * are taken at the same time, so that one knows everything before the first change.
 *
 * <p>The plan is the first step's own; of the others it has the refusals, the forcings, and as a
 * note what was seen, since their facts may move before their turn comes.
 */
record Preflighted<R>(RecoveryStep<R> first, List<RecoveryStep<?>> looks)
    implements RecoveryStep<R> {
  @Override
  public String operation() {
    return first.operation();
  }

  @Override
  public List<RemoteHost> hosts() {
    return first.hosts();
  }

  @Override
  public Prepared<R> prepare(RunContext run) {
    if (looks.isEmpty()) {
      return first.prepare(run);
    }
    try (Looks others = Looks.at(looks, run)) {
      Prepared<R> own = Observation.of(first, run);
      return new Prepared<>(merged(own.plan(), others.plans()), own.act());
    }
  }

  private static Plan merged(Plan own, List<Plan> others) {
    Set<Refusal> refusals = new LinkedHashSet<>(own.refusals());
    Set<String> forced = new LinkedHashSet<>(own.forced());
    List<String> notes = new ArrayList<>(own.notes());
    for (Plan other : others) {
      refusals.addAll(other.refusals());
      forced.addAll(other.forced());
      notes.add("looked at beforehand: %s, %s".formatted(other.operation(), other.target()));
      other.notes().forEach(note -> notes.add(other.operation() + ": " + note));
    }
    return new Plan(
        own.operation(),
        own.target(),
        own.facts(),
        refusals.isEmpty() ? own.changes() : List.of(),
        List.copyOf(refusals),
        List.copyOf(forced),
        notes);
  }

  @Override
  public String toString() {
    return first.toString();
  }
}
