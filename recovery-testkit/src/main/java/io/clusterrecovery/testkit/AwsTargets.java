package io.clusterrecovery.testkit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** The targets of every target group with their health, keyed by id and port as ELBv2 does. */
final class AwsTargets {
  /** A registered target; one that drains is gone once its time is up. */
  record Entry(AwsHealth health, String zone, long goneAtNanos) {}

  private final Duration drain;
  private final LongSupplier nanoTime;
  private final Map<String, Map<AwsTarget, Entry>> groups = new LinkedHashMap<>();

  AwsTargets(Duration drain, LongSupplier nanoTime) {
    this.drain = drain;
    this.nanoTime = nanoTime;
  }

  synchronized void register(String group, AwsTarget target, String zone) {
    Map<AwsTarget, Entry> entries = groups.computeIfAbsent(group, g -> new LinkedHashMap<>());
    Entry present = entries.get(target);
    if (present == null || present.health().state() == AwsHealth.State.DRAINING) {
      entries.put(target, new Entry(AwsHealth.REGISTERED, zone, 0));
    }
  }

  /** Does nothing, as ELBv2 does, when the group has no such target. */
  synchronized void deregister(String group, AwsTarget target) {
    long gone = nanoTime.getAsLong() + drain.toNanos();
    entries(group)
        .computeIfPresent(
            target,
            (t, entry) ->
                entry.health().state() == AwsHealth.State.DRAINING
                    ? entry
                    : new Entry(AwsHealth.DRAINING, entry.zone(), gone));
  }

  synchronized Map<AwsTarget, Entry> of(String group) {
    forgetDrained();
    return new LinkedHashMap<>(entries(group));
  }

  synchronized List<AwsTarget> healthy(String group) {
    return of(group).entrySet().stream()
        .filter(target -> target.getValue().health().healthy())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Every target of any group; each is checked once, whatever the number of its groups. */
  synchronized Set<AwsTarget> all() {
    forgetDrained();
    Set<AwsTarget> all = new LinkedHashSet<>();
    groups.values().forEach(group -> all.addAll(group.keySet()));
    return all;
  }

  synchronized void update(AwsTarget target, UnaryOperator<AwsHealth> change) {
    for (Map<AwsTarget, Entry> group : groups.values()) {
      group.computeIfPresent(
          target, (t, e) -> new Entry(change.apply(e.health()), e.zone(), e.goneAtNanos()));
    }
  }

  private Map<AwsTarget, Entry> entries(String group) {
    return groups.getOrDefault(group, new LinkedHashMap<>());
  }

  private void forgetDrained() {
    long now = nanoTime.getAsLong();
    for (Map<AwsTarget, Entry> group : groups.values()) {
      group
          .values()
          .removeIf(
              entry ->
                  entry.health().state() == AwsHealth.State.DRAINING
                      && now - entry.goneAtNanos() >= 0);
    }
  }
}
