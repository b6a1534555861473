package io.clusterrecovery.testkit;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.TargetPool;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A balancer's targets in memory. One that is added becomes healthy when it is looked at again,
 * unless it was said that it never does. Thread-safe.
 */
public final class FakeTargets implements TargetPool {
  /** How long a step waits until new targets are healthy, unless set: 60 seconds. */
  public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

  private final Map<String, Boolean> healthy = new TreeMap<>();
  private final Set<String> sick = new HashSet<>();
  private Duration limit = DEFAULT_LIMIT;

  private FakeTargets() {}

  /** {@return a balancer with these targets, all healthy} */
  public static FakeTargets of(String... addresses) {
    FakeTargets targets = new FakeTargets();
    List.of(addresses).forEach(address -> targets.healthy.put(address, true));
    return targets;
  }

  /**
   * Says that a target is not healthy, and never becomes so; whether it is there yet or not.
   *
   * @return these targets
   */
  public synchronized FakeTargets unhealthy(String address) {
    sick.add(requireNonNull(address, "address"));
    healthy.computeIfPresent(address, (any, was) -> false);
    return this;
  }

  /**
   * Sets how long a step waits until new targets are healthy.
   *
   * @return these targets
   */
  public synchronized FakeTargets limit(Duration time) {
    limit = requireNonNull(time, "time");
    return this;
  }

  /**
   * {@return the addresses that are targets, in order, and whether the balancer calls them healthy}
   */
  public synchronized Map<String, Boolean> targets() {
    return Collections.unmodifiableMap(new TreeMap<>(healthy));
  }

  @Override
  public RecoveryStep<Map<String, Boolean>> serving(List<String> targets, List<String> leaving) {
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("no target is named");
    }
    if (targets.stream().anyMatch(leaving::contains)) {
      throw new IllegalArgumentException("both serving and leaving: " + targets + ", " + leaving);
    }
    return new FakeTargetsStep(this, List.copyOf(targets), List.copyOf(leaving), limit());
  }

  private synchronized Duration limit() {
    return limit;
  }

  synchronized void add(String address) {
    healthy.put(address, false);
  }

  synchronized void remove(String address) {
    healthy.remove(address);
  }

  /** A look at which those that were added since the last one are healthy by now. */
  synchronized List<String> unhealthyOf(List<String> addresses) {
    List<String> not =
        addresses.stream().filter(a -> !healthy.getOrDefault(a, false)).sorted().toList();
    not.stream().filter(a -> !sick.contains(a)).forEach(a -> healthy.replace(a, true));
    return not;
  }

  /** {@return all of them with their health} */
  @Override
  public synchronized String toString() {
    return "fake targets, healthy or not: " + healthy;
  }
}
