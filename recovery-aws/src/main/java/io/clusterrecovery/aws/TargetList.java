package io.clusterrecovery.aws;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The targets of a group as they were seen at one moment. */
record TargetList(List<TargetSeen> targets) {
  Optional<TargetSeen> find(Target target) {
    return targets.stream().filter(t -> t.target().equals(target)).findFirst();
  }

  List<TargetSeen> registered() {
    return targets.stream().filter(TargetSeen::registered).toList();
  }

  List<Target> healthy() {
    return targets.stream().filter(TargetSeen::healthy).map(TargetSeen::target).toList();
  }

  /** Whether a healthy target is left without those. */
  boolean keepsHealthyWithout(List<Target> leaving) {
    return healthy().stream().anyMatch(t -> !leaving.contains(t));
  }

  /** What those that are not healthy are instead; empty if each of them is healthy. */
  String lacking(List<Target> wanted) {
    return wanted.stream()
        .filter(t -> find(t).filter(TargetSeen::healthy).isEmpty())
        .map(t -> find(t).map(TargetSeen::shown).orElse(t + " is not registered"))
        .collect(Collectors.joining(", "));
  }

  /** Whether one of those has been checked and found bad. */
  boolean failsChecks(List<Target> wanted) {
    return wanted.stream()
        .flatMap(t -> find(t).stream())
        .anyMatch(t -> t.state() == TargetSeen.State.UNHEALTHY);
  }

  /** The targets besides those. */
  TargetList besides(List<Target> known) {
    return new TargetList(targets.stream().filter(t -> !known.contains(t.target())).toList());
  }

  /** Those that still get, or may still get, traffic. */
  TargetList used() {
    return new TargetList(
        targets.stream().filter(t -> t.state() != TargetSeen.State.UNUSED).toList());
  }

  @Override
  public String toString() {
    return targets.stream().map(TargetSeen::shown).collect(Collectors.joining(", "));
  }
}
