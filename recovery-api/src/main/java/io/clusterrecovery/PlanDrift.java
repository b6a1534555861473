package io.clusterrecovery;

import java.util.ArrayList;
import java.util.List;

/** The difference between the plan that was accepted and the plan of the world as it is now. */
final class PlanDrift {
  private PlanDrift() {}

  static void require(Plan accepted, Plan now) {
    if (!accepted.fingerprint().equals(now.fingerprint())) {
      String found =
          "The world has changed since the plan was made: " + between(accepted, now) + ".";
      String next = "Read the new plan, and accept that one if it is right.";
      List<Refusal> refusals = new ArrayList<>();
      refusals.add(new Refusal(Code.PLAN_DRIFTED, found, next));
      refusals.addAll(now.refusals());
      throw new RefusedException(refusals);
    }
  }

  static String between(Plan accepted, Plan now) {
    List<String> words = new ArrayList<>();
    if (!accepted.operation().equals(now.operation()) || !accepted.target().equals(now.target())) {
      words.add("was for " + accepted.operation() + ", " + accepted.target());
      words.add("is for " + now.operation() + ", " + now.target());
    }
    onlyIn(accepted.facts(), now.facts()).forEach(f -> words.add("was " + f));
    onlyIn(now.facts(), accepted.facts()).forEach(f -> words.add("is " + f));
    onlyIn(accepted.changes(), now.changes()).forEach(c -> words.add("no longer: " + c));
    onlyIn(now.changes(), accepted.changes()).forEach(c -> words.add("new: " + c));
    onlyIn(now.refusals(), accepted.refusals()).forEach(r -> words.add("refused: " + r));
    onlyIn(accepted.refusals(), now.refusals()).forEach(r -> words.add("not refused now: " + r));
    onlyIn(accepted.forced(), now.forced()).forEach(f -> words.add("no longer forced: " + f));
    onlyIn(now.forced(), accepted.forced()).forEach(f -> words.add("forced: " + f));
    return words.isEmpty() ? "the order of what it holds" : String.join("; ", words);
  }

  private static <T> List<T> onlyIn(List<T> these, List<T> those) {
    return these.stream().filter(t -> !those.contains(t)).toList();
  }
}
