package io.clusterrecovery.examples;

import io.clusterrecovery.testkit.LabBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Snapshots of a real etcd with synthetic objects in it, made once and kept in the cache. */
final class BenchSnapshot {
  /** Part of a snapshot's name in the cache: another content wants another name. */
  private static final String CONTENT = "1";

  private final Path etcd;
  private final Path etcdctl;
  private final Consumer<String> tell;

  BenchSnapshot(Consumer<String> tell) {
    Path programs = cache().resolve("etcd-" + LabBuilder.ETCD_VERSION).resolve("usr/local/bin");
    this.etcd = programs.resolve("etcd");
    this.etcdctl = programs.resolve("etcdctl");
    this.tell = tell;
    if (!Files.isExecutable(etcd)) {
      throw new PartMissingException(etcd + " is not there; bin/lab-install makes it");
    }
  }

  /** The snapshot of at least that many MiB; made under a lock if it is not there. */
  Path of(int mebibytes) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(cache());
    Path wanted = folder.resolve("snapshot-%s-%dM.db".formatted(CONTENT, mebibytes));
    Path lock = folder.resolve("bench.lock");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock held = channel.lock();
      if (held.isValid() && !Files.exists(wanted)) {
        tell.accept("making a snapshot of etcd of " + mebibytes + " MiB, once");
        make(wanted, (long) mebibytes << 20, folder);
      }
    }
    return wanted;
  }

  private void make(Path wanted, long size, Path folder) throws IOException, InterruptedException {
    Path data = Files.createTempDirectory(folder, "tmp.bench-");
    Path aside = data.resolve("snapshot.db");
    try (BenchEtcd server = BenchEtcd.start(etcd, data.resolve("etcd"))) {
      new BenchObjects(server).fill(size);
      new Tool(etcdctl, Map.of("ETCDCTL_API", "3", "ETCDCTL_ENDPOINTS", server.endpoint()))
          .run("snapshot", "save", aside.toString());
    }
    Files.move(aside, wanted);
    try (Stream<Path> left = Files.walk(data)) {
      for (Path each : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  static Path cache() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(configured -> !configured.isEmpty())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("cluster-recovery");
  }
}
