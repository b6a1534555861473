package io.clusterrecovery.testkit;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.AddressRecord;
import io.clusterrecovery.DnsRecords;
import io.clusterrecovery.RecoveryStep;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A zone in memory, whose records are changed by compare-and-set, all or none. Each name has one
 * address. Thread-safe.
 */
public final class FakeDns implements DnsRecords {
  private final String zone;
  private final TreeMap<String, String> records = new TreeMap<>();
  private Runnable beforeChanges = () -> {};

  private FakeDns(String zone) {
    this.zone = zone;
  }

  /** {@return an empty zone of that name, without a dot at its end} */
  public static FakeDns zone(String name) {
    return new FakeDns(requireNonNull(name, "name"));
  }

  /**
   * Sets a record, as somebody else would.
   *
   * @param name a whole name, or one without a dot, which the zone's name completes
   * @return this zone
   */
  public synchronized FakeDns record(String name, String address) {
    records.put(whole(name), requireNonNull(address, "address"));
    return this;
  }

  /**
   * Says what happens between a plan and its change, such as another's edit; each time, in the
   * thread that is about to change records.
   *
   * @return this zone
   */
  public synchronized FakeDns beforeChanges(Runnable happens) {
    beforeChanges = requireNonNull(happens, "happens");
    return this;
  }

  /** {@return all records by whole names, in order} */
  public synchronized Map<String, String> records() {
    return Collections.unmodifiableMap(new TreeMap<>(records));
  }

  @Override
  public RecoveryStep<Map<String, String>> pointing(List<AddressRecord> wanted) {
    TreeMap<String, String> all = new TreeMap<>();
    for (AddressRecord record : wanted) {
      if (all.put(whole(record.name()), record.address()) != null) {
        throw new IllegalArgumentException(record.name() + " is named twice");
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no record is named");
    }
    return new FakeDnsStep(this, all);
  }

  boolean holds(String name) {
    return name.endsWith("." + zone);
  }

  synchronized String shown(String name) {
    return records.getOrDefault(name, "absent");
  }

  /** Changes all of these, if they are all as they were seen. */
  boolean change(Map<String, String> seen, Map<String, String> wanted) {
    happening().run();
    synchronized (this) {
      boolean same = seen.entrySet().stream().allMatch(e -> shown(e.getKey()).equals(e.getValue()));
      if (same) {
        records.putAll(wanted);
      }
      return same;
    }
  }

  private synchronized Runnable happening() {
    return beforeChanges;
  }

  private String whole(String name) {
    return name.contains(".") ? name : name + "." + zone;
  }

  /** {@return the zone's name and its records} */
  @Override
  public synchronized String toString() {
    return "fake zone " + zone + " " + records;
  }
}
