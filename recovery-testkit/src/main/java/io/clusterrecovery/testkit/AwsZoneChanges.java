package io.clusterrecovery.testkit;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The changes Route 53 has accepted. One that has become in sync is published once, oldest first,
 * so that resolvers see the zone change only then.
 */
final class AwsZoneChanges {
  private final Duration delay;
  private final BooleanSupplier held;
  private final Consumer<List<AwsRecordSet>> publish;
  private final LongSupplier nanoTime;
  private final Map<String, AwsZoneChange> byId = new LinkedHashMap<>();

  AwsZoneChanges(
      Duration delay,
      BooleanSupplier held,
      LongSupplier nanoTime,
      Consumer<List<AwsRecordSet>> publish) {
    this.delay = delay;
    this.held = held;
    this.nanoTime = nanoTime;
    this.publish = publish;
  }

  synchronized AwsZoneChange accept(List<AwsRecordSet> after) {
    String id =
        "C"
            + UUID.randomUUID()
                .toString()
                .replace("-", "")
                .substring(0, 20)
                .toUpperCase(java.util.Locale.ROOT);
    long due = nanoTime.getAsLong() + delay.toNanos();
    AwsZoneChange change = new AwsZoneChange(id, Clock.systemUTC().instant(), due, after, false);
    byId.put(id, change);
    return change;
  }

  synchronized AwsZoneChange find(String id) {
    settle();
    AwsZoneChange change = byId.get(id);
    if (change == null) {
      throw new AwsError(
          404, "NoSuchChange", "A change with the specified change ID does not exist: " + id);
    }
    return change;
  }

  /** Makes in sync, and publishes, whatever is due. Called on a timer as well as before reading. */
  synchronized void settle() {
    if (held.getAsBoolean()) {
      return;
    }
    long now = nanoTime.getAsLong();
    for (AwsZoneChange change : new ArrayList<>(byId.values())) {
      if (!change.inSync() && now - change.dueNanos() >= 0) {
        publish.accept(change.after());
        byId.put(change.id(), change.synced());
      }
    }
  }
}
