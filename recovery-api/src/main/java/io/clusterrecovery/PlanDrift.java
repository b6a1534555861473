package io.clusterrecovery;

import java.util.ArrayList;
import java.util.List;

/** The difference between the plan that was accepted and the plan of the world as it is now. */
final class PlanDrift {
  private PlanDrift() {}

  static void require(Plan accepted, Plan now) {
    if (!accepted.fingerprint().equals(now.fingerprint())) {
      String found = "The world has changed since the plan was made: " + difference(accepted, now);
      String next = "Read the new plan, and accept that one if it is right.";
      throw new RefusedException(new Refusal(Code.PLAN_DRIFTED, found, next), null);
    }
  }

  private static String difference(Plan accepted, Plan now) {
    List<String> words = new ArrayList<>();
    onlyIn(accepted.facts(), now.facts()).forEach(f -> words.add("was " + f));
    onlyIn(now.facts(), accepted.facts()).forEach(f -> words.add("is " + f));
    onlyIn(accepted.changes(), now.changes()).forEach(c -> words.add("no longer: " + c));
    onlyIn(now.changes(), accepted.changes()).forEach(c -> words.add("new: " + c));
    onlyIn(now.refusals(), accepted.refusals()).forEach(r -> words.add("refused: " + r));
    return String.join("; ", words) + ".";
  }

  private static <T> List<T> onlyIn(List<T> these, List<T> those) {
    return these.stream().filter(t -> !those.contains(t)).toList();
  }
}
