package io.clusterrecovery.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterrecovery.etcd.Snapshot;
import io.clusterrecovery.testkit.LabBuilder;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A snapshot is inspected: the SDK against {@code etcdutl snapshot status} and sha256sum. */
final class InspectBench implements Benchmark {
  private static final String WARM =
      "snapshot inspection, JVM warm, against etcdutl snapshot status and sha256sum";
  private static final String HEAP = "snapshot inspection, heap at its fullest";
  private static final double SHARE = 0.6;
  private static final double MOST_MEBIBYTES = 64;

  @Override
  public List<Measurement> run(BenchOptions options, Consumer<String> tell) throws Exception {
    Path file = new BenchSnapshot(tell).of(options.size());
    Tool etcdutl = new Tool(etcdutl(), Map.of());
    Tool sha256sum = new Tool(Path.of("sha256sum"), Map.of());
    check(file, etcdutl, sha256sum);
    List<Measurement> results = new ArrayList<>();
    if (options.wants(WARM)) {
      Figure warm = new Figure(WARM, "s", Goal.share(SHARE));
      Timed ours = Timed.seconds(() -> Snapshot.inspect(file));
      Timed theirs = Timed.seconds(() -> inspect(file, etcdutl, sha256sum));
      results.add(new Duel(warm, options.rounds(), tell).between(ours, theirs));
    }
    if (options.wants(HEAP)) {
      Figure heap = new Figure(HEAP, "MiB", Goal.most(MOST_MEBIBYTES));
      Tool process = new Tool(java(), Map.of());
      String[] command = command(file);
      results.add(new Duel(heap, options.rounds(), tell).alone(() -> heap(process.run(command))));
    }
    return results;
  }

  private static void inspect(Path file, Tool etcdutl, Tool sha256sum) {
    etcdutl.run("snapshot", "status", file.toString());
    sha256sum.run(file.toString());
  }

  /** What is compared must come to the same. */
  private static void check(Path file, Tool etcdutl, Tool sha256sum) throws Exception {
    Snapshot snapshot = Snapshot.inspect(file);
    JsonNode status =
        new ObjectMapper()
            .readTree(etcdutl.run("snapshot", "status", file.toString(), "--write-out=json"));
    boolean same =
        snapshot.contents().revision() == status.path("revision").asLong()
            && snapshot.contents().keys() == status.path("totalKey").asLong()
            && snapshot.contents().hash().equals(Long.toHexString(status.path("hash").asLong()))
            && sha256sum.run(file.toString()).startsWith(snapshot.sha256() + " ");
    if (!same) {
      throw new IllegalStateException(
          "%s differs from what etcdutl and sha256sum say: %s".formatted(snapshot, status));
    }
  }

  private static double heap(String printed) {
    return Long.parseLong(printed.strip().split(" ", -1)[1]) / (double) (1 << 20);
  }

  private static Path etcdutl() {
    Path program =
        BenchSnapshot.cache()
            .resolve("etcd-" + LabBuilder.ETCD_VERSION)
            .resolve("usr/local/bin/etcdutl");
    if (!Files.isExecutable(program)) {
      throw new PartMissingException(program + " is not there; bin/lab-install makes it");
    }
    return program;
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin/java");
  }

  /** As small a heap as this process has. */
  private static String[] command(Path file) {
    List<String> command =
        new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(InspectOnce.class.getName(), file.toString()));
    return command.toArray(String[]::new);
  }
}
