package io.clusterrecovery.examples;

import io.clusterrecovery.Event;
import io.clusterrecovery.EventListener;
import io.clusterrecovery.Fact;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryPart;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the plans of a recovery said of the restore, to be held against what was found. */
final class PlannedRestore implements EventListener {
  static final String STEP = RecoveryPart.RESTORE.title();
  static final String AGAIN = "restore quorum once more";

  private final Map<String, Plan> plans = new ConcurrentHashMap<>();

  @Override
  public void on(Event event) {
    if (event instanceof Event.Planned planned) {
      plans.merge(
          planned.step(), planned.plan(), (first, later) -> first.satisfied() ? later : first);
    }
  }

  /** The configmaps that the plan called lost, in the words of {@link #asPlanned}. */
  Set<String> lostConfigMaps() {
    return facts(STEP)
        .filter(fact -> fact.name().equals("would be lost"))
        .map(Fact::value)
        .filter(value -> value.matches("\\w+ configmaps .*"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The same of what was really written, by key. */
  static Set<String> asPlanned(Map<String, String> written) {
    return written.entrySet().stream()
        .map(e -> e.getValue() + " configmaps " + name(e.getKey()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(String key) {
    return key.substring(DrillObjects.CONFIGMAPS.length());
  }

  /** Whether the restore that was asked for once more had nothing to do, and said so. */
  Check restoredOnce() {
    Plan again = plans.get(AGAIN);
    boolean ok =
        again != null
            && again.satisfied()
            && facts(AGAIN).anyMatch(fact -> fact.name().equals("already restored"));
    return new Check(
        "restored-once", ok, again == null ? "it was not asked for again" : shown(again));
  }

  private static String shown(Plan plan) {
    return "asked for again: %d changes%s"
        .formatted(
            plan.changes().size(),
            plan.facts().stream()
                .filter(fact -> fact.name().equals("already restored"))
                .map(fact -> ", already restored " + fact.value())
                .findFirst()
                .orElse(""));
  }

  private Stream<Fact> facts(String step) {
    Plan plan = plans.get(step);
    return plan == null ? Stream.of() : plan.facts().stream();
  }
}
