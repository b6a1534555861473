package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;

/** What a host must have for a restore: a data directory, room, and a tool. */
final class RestoreRoom {
  private static final long MARGIN = 128L << 20;

  private RestoreRoom() {}

  static List<Refusal> refusals(String host, HostFacts facts, Snapshot snapshot) {
    List<Refusal> refusals = new ArrayList<>();
    if (!facts.hasDataDir()) {
      refusals.add(
          new Refusal(
              Code.ETCD_CONFIG_UNSUPPORTED,
              "etcd's data directory is not there on %s.".formatted(host),
              "Make it with the owner and mode that etcd needs, then try again."));
    }
    refusals.addAll(
        room(host, "where etcd's data is", facts.freeBytes(), 2 * snapshot.size() + MARGIN));
    refusals.addAll(
        room(
            host,
            "in /var/lib/cluster-recovery",
            facts.freeBytesOfRunFolder(),
            snapshot.size() + MARGIN));
    return refusals;
  }

  /** For a host that is to restore with what it has itself. */
  static List<Refusal> toolRefusals(String host, RestoreTool tool) {
    if (!tool.path().isEmpty()) {
      return List.of();
    }
    return List.of(
        new Refusal(
            Code.TOOL_MISSING,
            "%s has neither etcdutl nor an etcdctl that can restore.".formatted(host),
            "Bring an etcdutl of etcd's own version along with the method's tools(…)."));
  }

  /** For a copy of the data beside it. */
  static List<Refusal> ownDataRefusals(String host, HostFacts facts) {
    if (!facts.hasMember()) {
      return List.of(
          new Refusal(
              Code.ETCD_CONFIG_UNSUPPORTED,
              "There is no etcd data on %s.".formatted(host),
              "Restore from a snapshot."));
    }
    return room(host, "where etcd's data is", facts.freeBytes(), facts.usedBytes() + MARGIN);
  }

  private static List<Refusal> room(String host, String where, long free, long needed) {
    if (free >= needed) {
      return List.of();
    }
    return List.of(
        new Refusal(
            Code.DISK_FULL,
            "%s has %d MiB free %s, and %d MiB are needed."
                .formatted(host, free >> 20, where, needed >> 20),
            "Make room; old snapshots and logs are a good start."));
  }
}
