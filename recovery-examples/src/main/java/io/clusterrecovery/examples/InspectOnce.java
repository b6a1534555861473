package io.clusterrecovery.examples;

import io.clusterrecovery.etcd.Snapshot;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;

/** A process that inspects one snapshot, and tells its digest and how much heap it has taken. */
public final class InspectOnce {

  private InspectOnce() {}

  /** Takes the snapshot's file. */
  public static void main(String[] words) {
    LibraryLogs.onlyWarnings();
    Snapshot snapshot = Snapshot.inspect(Path.of(words[0]));
    System.out.println(snapshot.sha256() + " " + peakHeap());
  }

  /** The bytes of all heap pools at their fullest. */
  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
