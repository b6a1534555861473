package io.clusterrecovery.k8s;

import java.util.List;

/** What a check found, and what would mend it. */
record Diagnosis(List<String> facts, CheckVerdict verdict, List<Remedy> remedies) {
  Diagnosis {
    facts = List.copyOf(facts);
    remedies = List.copyOf(remedies);
  }

  static Diagnosis well(String found) {
    return new Diagnosis(List.of(), new CheckVerdict.Well(found), List.of());
  }

  static Diagnosis curable(String found, List<Remedy> remedies) {
    return new Diagnosis(List.of(), new CheckVerdict.Curable(found), remedies);
  }

  static Diagnosis troubled(String found, String next, List<String> facts) {
    return new Diagnosis(facts, new CheckVerdict.Troubled(found, next), List.of());
  }

  /** Who was declared lost and is not. */
  static Diagnosis alive(String found, List<String> who) {
    return troubled(
        found + ": " + String.join(", ", who),
        "power those hosts off, or stop calling them lost",
        List.of());
  }

  /** Takes what to say of none, and a format for how many there are. */
  static Diagnosis curableIfAny(String none, String some, List<Remedy> remedies) {
    return remedies.isEmpty() ? well(none) : curable(some.formatted(remedies.size()), remedies);
  }

  static Diagnosis withoutStore() {
    return new Diagnosis(
        List.of(),
        new CheckVerdict.Unknown(
            "not looked at, since no store was given", "give it with store(…)"),
        List.of());
  }
}
