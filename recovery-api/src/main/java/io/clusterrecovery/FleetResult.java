package io.clusterrecovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was seen on several hosts, and what went wrong on the others: every host is in one of both.
 *
 * @param results what was seen, by the host's name, in the order the hosts were given
 * @param failures why nothing was seen, likewise
 * @param <T> what was looked at
 */
public record FleetResult<T>(Map<String, T> results, Map<String, RecoveryException> failures) {

  /** Copies the maps. */
  public FleetResult {
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
    failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }

  /**
   * {@return what was seen, if it was seen on every host}
   *
   * @throws RefusedException with the reasons of all hosts that failed
   */
  public Map<String, T> orThrow() {
    if (failures.isEmpty()) {
      return results;
    }
    List<Refusal> refusals = refusals();
    RefusedException all = new RefusedException(refusals);
    failures.values().forEach(all::addSuppressed);
    throw all;
  }

  /** {@return the reasons of all hosts that failed} */
  public List<Refusal> refusals() {
    return failures.values().stream().flatMap(FleetResult::refusals).toList();
  }

  private static Stream<Refusal> refusals(RecoveryException failure) {
    return failure instanceof RefusedException refused
        ? refused.refusals().stream()
        : Stream.of(new Refusal(failure.code(), failure.found(), failure.next()));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    results.forEach((host, result) -> text.append("%s: %s%n".formatted(host, result)));
    failures.forEach(
        (host, e) -> text.append("%s: FAILED %s: %s%n".formatted(host, e.code(), e.found())));
    return text.toString().stripTrailing();
  }
}
