package io.clusterrecovery;

import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what to do about the lock of a host, from what it says.
 *
 * @param run the run that wants it
 * @param owner who wants it
 * @param takeOver whose lock may be taken by force, or null
 * @param leftBehind tells of a lock that was taken on this machine whether nothing is at work under
 *     it any more
 */
record LockRules(
    RunId run, String owner, @Nullable String takeOver, Predicate<LockEntry> leftBehind) {

  /**
   * Decides.
   *
   * @param seen what the lock says, empty if there is none
   */
  LockMove decide(String host, String seen) {
    if (seen.isEmpty()) {
      return new LockMove.Take(seen);
    }
    try {
      return decide(host, seen, LockEntry.of(seen));
    } catch (IllegalArgumentException e) {
      String found = "%s has a lock that cannot be read.".formatted(host);
      String next = "Find out who wrote %s there; remove it if it is nobody's.";
      return refuse(found, next.formatted(HostLock.FILE));
    }
  }

  private LockMove decide(String host, String seen, LockEntry lock) {
    if (lock.run().equals(run.value())) {
      return new LockMove.Keep(Optional.ofNullable(lock.tookOverFrom()));
    }
    if (lock.owner().equals(takeOver)) {
      return new LockMove.TakeOver(seen, lock.owner());
    }
    boolean resumable = lock.journal() != null;
    if (!resumable && lock.owner().equals(owner) && leftBehind.test(lock)) {
      return new LockMove.Take(seen);
    }
    String unlike = takeOver == null ? "" : ", not by " + takeOver + ", as takeOver says";
    String found = "%s is %s%s.".formatted(host, lock.words(), unlike);
    return refuse(found, resumable ? resume(lock) : wait(lock));
  }

  private static String resume(LockEntry lock) {
    String next =
        "Ask %1$s. If that run has ended half way, resume it; only if it never will be, take its"
            + " place with takeOver(\"%1$s\").";
    return next.formatted(lock.owner());
  }

  private static String wait(LockEntry lock) {
    String next =
        "Ask %1$s, and let that run end; only if nothing of it is at work any more, take its place"
            + " with takeOver(\"%1$s\").";
    return next.formatted(lock.owner());
  }

  private static LockMove refuse(String found, String next) {
    return new LockMove.Refuse(new Refusal(Code.HOST_LOCKED, found, next));
  }
}
