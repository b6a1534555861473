package io.clusterrecovery.aws;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The targets of a group as they were seen at one moment. */
record TargetList(List<TargetSeen> targets) {
  Optional<TargetSeen> find(Target target) {
    return targets.stream().filter(t -> t.target().equals(target)).findFirst();
  }

  List<TargetSeen> registered() {
    return targets.stream().filter(TargetSeen::registered).toList();
  }

  /** Those of them that are registered. */
  List<TargetSeen> registeredAmong(List<Target> some) {
    return registered().stream().filter(t -> some.contains(t.target())).toList();
  }

  List<Target> healthy() {
    return targets.stream().filter(TargetSeen::healthy).map(TargetSeen::target).toList();
  }

  /** What is not so yet: who of the wanted is absent, who of the awaited is not healthy. */
  String lacking(List<Target> wanted, List<Target> awaited) {
    Stream<String> absent =
        wanted.stream()
            .filter(t -> registeredAmong(List.of(t)).isEmpty())
            .map(t -> find(t).map(TargetSeen::shown).orElse(t + " is not registered"));
    Stream<String> unwell =
        registeredAmong(awaited).stream().filter(t -> !t.healthy()).map(TargetSeen::shown);
    return Stream.concat(absent, unwell).collect(Collectors.joining(", "));
  }

  /** Whether one of those has been checked and found bad. */
  boolean failsChecks(List<Target> awaited) {
    return awaited.stream()
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
