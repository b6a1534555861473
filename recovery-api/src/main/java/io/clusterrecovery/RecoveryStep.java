package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;

/**
 * One operation of a recovery, in the shape all of them share: observe, decide, show, act, verify.
 *
 * <p>Implementations are immutable, thread-safe, and safe to run again: when all is as wanted, the
 * plan holds no changes and carrying it out only verifies.
 *
 * @param <R> what is known afterwards
 */
public interface RecoveryStep<R> {

  /** {@return the name of the operation, as plans and errors show it, such as "restore quorum"} */
  String operation();

  /**
   * Looks at the world and decides; changes nothing, and never throws for a refusal: those are in
   * the plan, all at once.
   */
  Prepared<R> prepare(RunContext run);

  /** {@return this step, with what it finds turned into something else} */
  default <T> RecoveryStep<T> map(Function<? super R, ? extends T> result) {
    return new Mapped<>(this, requireNonNull(result, "result"));
  }

  /**
   * {@return the hosts that it changes} Each that can be reached is locked before the first change,
   * so that no other operator changes it meanwhile.
   */
  default List<RemoteHost> hosts() {
    return List.of();
  }

  /**
   * {@return what would be done, without doing it; changes nothing, and never throws for a refusal}
   */
  default Plan plan() {
    return RunContext.standalone().plan(this);
  }
}
