package io.clusterrecovery;

import java.util.function.Supplier;

/** The plan of a step that is built when it is looked at. */
record LookAhead(String operation, Supplier<RecoveryStep<?>> step) implements RecoveryStep<Plan> {

  @Override
  public Prepared<Plan> prepare(RunContext run) {
    Plan plan = run.plan(step.get());
    return new Prepared<>(plan, acting -> plan);
  }
}
