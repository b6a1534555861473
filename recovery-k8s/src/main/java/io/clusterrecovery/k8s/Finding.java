package io.clusterrecovery.k8s;

import io.clusterrecovery.k8s.RuleVerdict.Result;

/** What a rule found. */
record Finding(Result result, String reason) {

  static Finding holds(String reason) {
    return new Finding(Result.HOLDS, reason);
  }

  static Finding waits(String reason) {
    return new Finding(Result.WAITS, reason);
  }

  static Finding broken(String reason) {
    return new Finding(Result.BROKEN, reason);
  }

  /** {@return that the rule holds or is broken, for the same reason} */
  static Finding that(boolean holds, String reason) {
    return holds ? holds(reason) : broken(reason);
  }

  RuleVerdict by(String rule) {
    return new RuleVerdict(rule, result, reason);
  }
}
