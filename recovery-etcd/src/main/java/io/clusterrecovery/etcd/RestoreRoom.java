package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import java.util.ArrayList;
import java.util.List;

/** What a host must have for a restore: a data directory, a tool, and room. */
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
    if (facts.restoreTool().isEmpty()) {
      refusals.add(
          new Refusal(
              Code.TOOL_MISSING,
              "%s has neither etcdutl nor an etcdctl that can restore.".formatted(host),
              "Install etcdutl of the same version as etcd there."));
    }
    long needed = 2 * snapshot.size() + MARGIN;
    if (facts.freeBytes() < needed) {
      refusals.add(
          new Refusal(
              Code.DISK_FULL,
              "%s has %d MiB free where etcd's data is, and %d MiB are needed."
                  .formatted(host, facts.freeBytes() >> 20, needed >> 20),
              "Make room; old snapshots and logs are a good start."));
    }
    return refusals;
  }
}
