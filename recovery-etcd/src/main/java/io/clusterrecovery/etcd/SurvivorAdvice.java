package io.clusterrecovery.etcd;

import java.util.List;
import java.util.Optional;

/**
 * Which of several survivors to restore from, and why. Immutable.
 *
 * @param recommended the name of the voter to go on with; empty if there is none to recommend, and
 *     the reasons say why
 * @param options what could be restored from, the members in the order that speaks for them, then
 *     the snapshot
 * @param reasons what speaks for the recommendation, and what is not known, one sentence each
 */
public record SurvivorAdvice(
    Optional<String> recommended, List<SurvivorOption> options, List<String> reasons) {

  /** Copies the lists. */
  public SurvivorAdvice {
    options = List.copyOf(options);
    reasons = List.copyOf(reasons);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(recommended.map(name -> "Go on with " + name + ".").orElse("None is recommended."));
    reasons.forEach(reason -> text.append("\n  ").append(reason));
    options.forEach(option -> text.append("\n  found   ").append(option));
    return text.toString();
  }
}
