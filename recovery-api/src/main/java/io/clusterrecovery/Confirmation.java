package io.clusterrecovery;

/**
 * Is asked before each change of a run whether it may be made, on the thread that is about to make
 * it, which waits for the answer; the run's deadline goes on meanwhile.
 */
@FunctionalInterface
public interface Confirmation {

  /** A confirmation that lets every change be made. */
  Confirmation ALL = (step, change) -> true;

  /**
   * {@return whether to make the change} If not, the run ends there with {@link
   * Code#NOT_CONFIRMED}, and can be resumed.
   *
   * @param step the step that would make it
   * @param change the change; {@link Change#undo()} tells whether it can be taken back
   */
  boolean confirms(String step, Change change);
}
