package io.clusterrecovery;

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

  /**
   * {@return what would be done, without doing it; changes nothing, and never throws for a refusal}
   */
  default Plan plan() {
    return RunContext.standalone().plan(this);
  }
}
