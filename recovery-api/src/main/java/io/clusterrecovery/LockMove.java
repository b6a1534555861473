package io.clusterrecovery;

import java.util.Optional;

/** What is to be done about the lock of a host before anything there is changed. */
sealed interface LockMove {

  /**
   * This run holds it.
   *
   * @param tookOverFrom whose lock it took the place of by force earlier
   */
  record Keep(Optional<String> tookOverFrom) implements LockMove {}

  /**
   * It can be taken.
   *
   * @param seen what it says now, empty if nobody holds it
   */
  record Take(String seen) implements LockMove {}

  /**
   * It is taken from who was named.
   *
   * @param seen what it says now
   * @param from whose it is
   */
  record TakeOver(String seen, String from) implements LockMove {}

  /** It is another's. */
  record Refuse(Refusal why) implements LockMove {}
}
