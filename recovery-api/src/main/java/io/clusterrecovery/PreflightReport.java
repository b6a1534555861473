package io.clusterrecovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a preflight found.
 *
 * @param hosts what was seen, by the host's name; a host that could not be looked at is not there
 * @param problems what stands in the way of a recovery, everything at once
 * @param warnings what one should know besides
 */
public record PreflightReport(
    Map<String, HostState> hosts, List<Refusal> problems, List<String> warnings) {

  /** Copies the collections. */
  public PreflightReport {
    hosts = Collections.unmodifiableMap(new LinkedHashMap<>(hosts));
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /** {@return whether nothing stands in the way} */
  public boolean isClear() {
    return problems.isEmpty();
  }

  /**
   * {@return this report, if nothing stands in the way}
   *
   * @throws RefusedException with every problem
   */
  public PreflightReport orThrow() {
    if (!isClear()) {
      throw new RefusedException(problems);
    }
    return this;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(isClear() ? "Clear.\n" : "");
    problems.forEach(p -> text.append("  PROBLEM %s\n".formatted(p)));
    warnings.forEach(w -> text.append("  warning %s\n".formatted(w)));
    for (HostState host : hosts.values()) {
      host.facts().forEach(f -> text.append("  found   %s\n".formatted(f)));
      host.notes().forEach(n -> text.append("  found   %s\n".formatted(n)));
    }
    return text.toString().stripTrailing();
  }
}
