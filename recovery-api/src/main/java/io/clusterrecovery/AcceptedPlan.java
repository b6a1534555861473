package io.clusterrecovery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The plan of a runbook that a person accepted, as the run is held to it.
 *
 * <p>Earlier steps change what later ones find, so a later step is held to less than its plan of
 * before: it may do fewer of the accepted changes, never another one.
 */
final class AcceptedPlan {
  private static final String NEXT = "Plan again, read it, and run that plan if it is right.";

  private final Map<String, Set<String>> changesOfSteps;

  private AcceptedPlan(Map<String, Set<String>> changesOfSteps) {
    this.changesOfSteps = changesOfSteps;
  }

  /** Whatever steps come up with is accepted. */
  static AcceptedPlan anything() {
    return new AcceptedPlan(Map.of());
  }

  /** Holds to the plan all steps but those that have begun already. */
  static AcceptedPlan of(RunbookPlan plan, Set<String> begun) {
    return new AcceptedPlan(
        plan.steps().stream()
            .filter(s -> s.plan() != null && !begun.contains(s.step()))
            .collect(Collectors.toMap(RunbookPlan.Ahead::step, AcceptedPlan::ids)));
  }

  private static Set<String> ids(RunbookPlan.Ahead ahead) {
    Plan plan = ahead.plan();
    return plan == null
        ? Set.of()
        : plan.changes().stream().map(Change::id).collect(Collectors.toSet());
  }

  /** Refuses if anything differs from what was accepted, before the first step. */
  static void requireUnchanged(RunbookPlan accepted, RunbookPlan now) {
    List<String> differences = accepted.differences(now);
    if (!differences.isEmpty()) {
      String found =
          "The world has changed since the plan was made: " + String.join("; ", differences) + ".";
      throw new RefusedException(new Refusal(Code.PLAN_DRIFTED, found, NEXT), null);
    }
    if (!accepted.refusals().isEmpty()) {
      throw new RefusedException(accepted.refusals());
    }
  }

  void require(String step, Plan now) {
    Set<String> accepted = changesOfSteps.get(step);
    if (accepted == null) {
      return;
    }
    List<Change> others = now.changes().stream().filter(c -> !accepted.contains(c.id())).toList();
    if (!others.isEmpty()) {
      String found =
          "Step '%s' would now change what was not in the accepted plan: %s."
              .formatted(step, RecoveryException.listed(others));
      throw new RefusedException(new Refusal(Code.PLAN_DRIFTED, found, NEXT), null);
    }
  }
}
