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

  static Diagnosis unknown(String why, String next) {
    return new Diagnosis(List.of(), new CheckVerdict.Unknown(why, next), List.of());
  }
}
