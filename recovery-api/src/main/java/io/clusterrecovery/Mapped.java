package io.clusterrecovery;

import java.util.List;
import java.util.function.Function;

/** A step whose result is turned into another. */
record Mapped<A, R>(RecoveryStep<A> step, Function<? super A, ? extends R> result)
    implements RecoveryStep<R> {

  @Override
  public String operation() {
    return step.operation();
  }

  @Override
  public List<RemoteHost> hosts() {
    return step.hosts();
  }

  @Override
  public Prepared<R> prepare(RunContext run) {
    Prepared<A> prepared = step.prepare(run);
    return new Prepared<>(prepared.plan(), acting -> result.apply(prepared.act().apply(acting)));
  }

  @Override
  public String toString() {
    return step.toString();
  }
}
