package io.clusterrecovery.examples;

import io.clusterrecovery.testkit.LabLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A snapshot of etcd goes to a host: the SDK against what people use otherwise. */
final class UploadBench implements Benchmark {
  private static final String GCM = "aes128-gcm@openssh.com";
  private static final String WARM =
      "upload, loopback, JVM warm, until the last byte is there, against scp -c " + GCM;
  private static final String PROCESS =
      "upload, loopback, whole process, until the last byte is there, against scp";
  private static final String SECOND =
      "second upload of the same file, loopback, against the first";
  private static final String SLOW =
      "upload, 200 Mbit/s 20 ms, whole process, verified, against scp";
  private static final String VERIFYING =
      "verifying while uploading, 200 Mbit/s 20 ms, against zstd | ssh without";
  private static final String FAST =
      "upload, 1 Gbit/s 1 ms, whole process, until the last byte is there, against scp";

  @Override
  public List<Measurement> run(BenchOptions options, Consumer<String> tell) throws Exception {
    Path file = new BenchSnapshot(tell).of(options.size());
    double ratio = zstdRatio(file);
    tell.accept(
        "%s: %d bytes, %.2f times as large as packed by zstd -1; heap of at most %d MiB"
            .formatted(file, Files.size(file), ratio, Runtime.getRuntime().maxMemory() >> 20));
    try (UploadStage stage = UploadStage.open(file)) {
      Figures figures = new Figures(options, tell, new ArrayList<>());
      loopback(stage, figures);
      slow(stage, figures, ratio);
      fast(stage, figures);
      return figures.results();
    }
  }

  private static void loopback(UploadStage stage, Figures figures) throws Exception {
    UploadSides sides = new UploadSides(stage, stage.loopback(), figures.tell());
    if (figures.want(WARM)) {
      sides.ours(false).measure();
    }
    figures.between(WARM, Goal.speed(1.0), sides.ours(false), sides.scp("-c", GCM));
    if (figures.want(PROCESS)) {
      figures.between(PROCESS, Goal.speed(1.1), sides.ourProcess(false), sides.scp());
    }
    if (figures.want(SECOND)) {
      // The first round begins with the second upload.
      sides.ours(true).measure();
    }
    figures.between(SECOND, Goal.speed(20), sides::again, sides.ours(true));
  }

  private static void slow(UploadStage stage, Figures figures, double ratio) throws Exception {
    if (figures.want(SLOW) || figures.want(VERIFYING)) {
      try (LabLine line = stage.line(200, Duration.ofMillis(20))) {
        UploadSides sides = new UploadSides(stage, stage.over(line), figures.tell());
        figures.between(SLOW, Goal.speed(0.92 * ratio), sides.ourProcess(true), sides.scp());
        figures.between(VERIFYING, Goal.share(1.05), sides.ours(true), sides.unverified());
      }
    }
  }

  private static void fast(UploadStage stage, Figures figures) throws Exception {
    if (figures.want(FAST)) {
      try (LabLine line = stage.line(1000, Duration.ofMillis(1))) {
        UploadSides sides = new UploadSides(stage, stage.over(line), figures.tell());
        figures.between(FAST, Goal.speed(1.1), sides.ourProcess(false), sides.scp());
      }
    }
  }

  private static double zstdRatio(Path file) throws IOException {
    String count = "zstd -1 -q -c --single-thread \"$0\" | wc -c";
    String packed = new Tool(Path.of("bash"), Map.of()).run("-c", count, file.toString());
    return (double) Files.size(file) / Long.parseLong(packed.strip());
  }

  private record Figures(BenchOptions options, Consumer<String> tell, List<Measurement> results) {

    boolean want(String name) {
      return options.wants(name);
    }

    void between(String name, Goal goal, Timed ours, Timed theirs) throws Exception {
      if (want(name)) {
        Duel duel = new Duel(new Figure(name, "s", goal), options.rounds(), tell);
        results.add(duel.between(ours, theirs));
      }
    }
  }
}
