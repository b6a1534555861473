package io.clusterrecovery;

import java.util.Map;
import java.util.Optional;

/** What people get to see of the locks of hosts. */
final class LockShown {
  private LockShown() {}

  /**
   * {@return the plan with refusals for what others hold, forcings, and notes} A plan that changes
   * nothing needs no lock, and is not refused for one.
   */
  static Plan in(Plan plan, Map<String, LockMove> moves, Map<String, RecoveryException> failures) {
    Plan.Builder shown = Plan.of(plan.operation(), plan.target());
    plan.facts().forEach(fact -> shown.fact(fact.name(), fact.value()));
    plan.changes().forEach(shown::change);
    plan.refusals().forEach(shown::refuse);
    plan.forced().forEach(shown::forced);
    plan.notes().forEach(shown::note);
    moves.forEach((host, move) -> show(shown, host, move, plan.satisfied()));
    failures.forEach((host, e) -> shown.note(unlocked(host, e)));
    return shown.build();
  }

  private static void show(Plan.Builder shown, String host, LockMove move, boolean satisfied) {
    if (move instanceof LockMove.Refuse refuse) {
      if (satisfied) {
        shown.note(refuse.why().found());
      } else {
        shown.refuse(refuse.why());
      }
    } else if (move instanceof LockMove.TakeOver over) {
      shown.forced(forced(host, over.from()));
    } else if (move instanceof LockMove.Keep keep) {
      keep.tookOverFrom().ifPresent(from -> shown.forced(forced(host, from)));
    } else {
      taken(host, move).ifPresent(shown::note);
    }
  }

  private static String forced(String host, String from) {
    return "takeOver(%s) of the lock of %s".formatted(from, host);
  }

  /** {@return what is worth telling of a lock that is taken so} */
  static Optional<String> taken(String host, LockMove move) {
    if (move instanceof LockMove.TakeOver over) {
      String was = LockEntry.of(over.seen()).words();
      return Optional.of("%s was %s; that lock is taken over.".formatted(host, was));
    }
    if (move instanceof LockMove.Take take && !take.seen().isEmpty()) {
      String line = "%s has a lock of run %s that a process of this machine left behind.";
      return Optional.of(line.formatted(host, LockEntry.of(take.seen()).run()));
    }
    return Optional.empty();
  }

  static String unlocked(String host, RecoveryException why) {
    return "%s is not locked, since it cannot be reached (%s)".formatted(host, why.code());
  }
}
