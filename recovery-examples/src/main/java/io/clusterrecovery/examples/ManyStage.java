package io.clusterrecovery.examples;

import io.clusterrecovery.LostMastersRecovery;
import io.clusterrecovery.Master;
import io.clusterrecovery.Report;
import io.clusterrecovery.Running;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Recovers clusters that are fakes, each with a journal of its own, all at the same time. */
final class ManyStage {

  /**
   * What some recoveries at once took.
   *
   * @param threads how many more there were than before, at their most
   * @param mebibytes the heap at its fullest
   */
  record Use(double seconds, double threads, double mebibytes) {}

  Use recover(int clusters) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("many-");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    int before = threads.getThreadCount();
    threads.resetPeakThreadCount();
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    try {
      List<Running<Report>> running = new ArrayList<>();
      for (int i = 0; i < clusters; i++) {
        running.add(start(i, folder));
      }
      for (Running<Report> each : running) {
        each.await().orThrow();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      long bytes = heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
      return new Use(seconds, threads.getPeakThreadCount() - before, bytes / (double) (1 << 20));
    } finally {
      delete(folder);
    }
  }

  private static Running<Report> start(int cluster, Path folder) {
    DelayedCluster fake = new DelayedCluster();
    return LostMastersRecovery.restoring(fake.step("restore"))
        .survivors(new Master("m0", "10.0.0.1"))
        .lost(new Master("m1", "10.0.0.2"), new Master("m2", "10.0.0.3"))
        .masters(fake, "m3", "m4")
        .check(fake.looks())
        .api(found -> fake.step("api"))
        .approval(found -> fake.step("approve", found.masters()))
        .nodes(found -> fake.step("nodes"))
        .dns(records -> fake.step("dns"), "e0", "e1", "e2")
        .balancer((targets, leaving) -> fake.step("pool"))
        .growth(found -> fake.step("grow", found.masters()))
        .cleaning(found -> fake.step("clean"))
        .backup(found -> fake.step("backup"))
        .build()
        .runbook("cluster " + cluster)
        .journal(folder.resolve("journal-" + cluster))
        .build()
        .start();
  }

  private static Stream<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
