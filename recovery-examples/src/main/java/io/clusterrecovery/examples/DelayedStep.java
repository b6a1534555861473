package io.clusterrecovery.examples;

import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import java.util.function.Function;

/** A step that is made of a function. */
record DelayedStep(String operation, Function<RunContext, Prepared<String>> looking)
    implements RecoveryStep<String> {

  @Override
  public Prepared<String> prepare(RunContext run) {
    return looking.apply(run);
  }
}
