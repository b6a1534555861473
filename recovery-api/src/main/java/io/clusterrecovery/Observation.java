package io.clusterrecovery;

import java.util.List;
import java.util.function.Function;

/** Looks at the world on behalf of a step; a failure to look is a reason to refuse. */
final class Observation {
  private Observation() {}

  static <R> Prepared<R> of(RecoveryStep<R> step, RunContext run) {
    try {
      return step.prepare(run);
    } catch (RefusedException e) {
      return refused(step, e.refusals(), e);
    } catch (RecoveryException e) {
      return refused(step, List.of(new Refusal(e.code(), e.found(), e.next())), e);
    } catch (RuntimeException e) {
      String found = "Looking at the world failed: " + e + ".";
      String next = "Look at the cause, then try again; nothing was changed.";
      return refused(step, List.of(new Refusal(Code.UNEXPECTED, found, next)), e);
    }
  }

  private static <R> Prepared<R> refused(
      RecoveryStep<R> step, List<Refusal> refusals, RuntimeException cause) {
    Plan.Builder plan = Plan.of(step.operation(), "what it works on could not be looked at");
    refusals.forEach(plan::refuse);
    return new Prepared<>(plan.build(), new Failed<>(cause));
  }

  /** In the place of what would be done: nothing, because of this. */
  record Failed<R>(RuntimeException cause) implements Function<RunContext, R> {
    @Override
    public R apply(RunContext run) {
      throw cause;
    }
  }
}
