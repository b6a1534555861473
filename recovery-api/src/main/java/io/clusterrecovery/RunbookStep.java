package io.clusterrecovery;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A step as a runbook holds it.
 *
 * @param scope null for a step that is built already, empty for one without a declared scope
 */
record RunbookStep<R>(
    StepRef<R> ref, @Nullable Set<String> scope, Function<Results, RecoveryStep<R>> build) {

  RunbookPlan.Ahead planAhead(RunContext run) {
    return scope == null
        ? new RunbookPlan.Ahead(
            ref.name(), run.forStep(ref.name()).plan(build.apply(new Results())), List.of())
        : new RunbookPlan.Ahead(ref.name(), null, List.copyOf(scope));
  }

  /** {@return the hosts that a step which is built already changes} */
  List<RemoteHost> hosts() {
    return scope == null ? build.apply(new Results()).hosts() : List.of();
  }

  /** Runs the step; the result goes to the results. */
  Outcome run(RunContext run, Results results, AcceptedPlan accepted) {
    Prepared<R> prepared = run.prepare(built(results));
    accepted.require(ref.name(), prepared.plan());
    requireWithinScope(prepared.plan());
    Outcome outcome = prepared.plan().satisfied() ? Outcome.UNCHANGED : Outcome.DONE;
    R result = run.perform(prepared);
    if (result != null) {
      results.put(ref, result);
    }
    return outcome;
  }

  private RecoveryStep<R> built(Results results) {
    try {
      return build.apply(results);
    } catch (RecoveryException e) {
      throw e;
    } catch (RuntimeException e) {
      String found = "Step '%s' could not be built: %s.".formatted(ref.name(), e);
      throw new RefusedException(
          new Refusal(Code.STEP_REFUSED, found, "Correct the step, then resume."), e);
    }
  }

  private void requireWithinScope(Plan plan) {
    if (scope == null || scope.isEmpty()) {
      return;
    }
    List<Change> beyond = plan.changes().stream().filter(c -> !scope.contains(c.on())).toList();
    if (!beyond.isEmpty()) {
      String found =
          "Step '%s' would change %s, outside its scope %s."
              .formatted(ref.name(), RecoveryException.listed(beyond), scope);
      String next = "Widen the scope if that is what you want.";
      throw new RefusedException(new Refusal(Code.OUT_OF_SCOPE, found, next), null);
    }
  }
}
