package io.clusterrecovery.examples;

import io.clusterrecovery.Upload;
import io.clusterrecovery.ssh.SshHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ways to bring the file to the host, each of them timed; afterwards the host's file is checked.
 */
final class UploadSides {
  private final UploadStage stage;
  private final UploadWay way;
  private final Consumer<String> tell;

  /** Classes as the JVM has them in memory; {@code bin/bench} removes it after a build. */
  private final Path archive = Path.of(System.getProperty("bench.archive", "upload.jsa"));

  UploadSides(UploadStage stage, UploadWay way, Consumer<String> tell) {
    this.stage = stage;
    this.way = way;
    this.tell = tell;
  }

  /** The SDK in this process, connecting included. */
  Timed ours(boolean untilVerified) {
    return fresh(
        () -> {
          long start = System.nanoTime();
          double[] arrived = new double[1];
          try (SshHost host = way.connect()) {
            host.upload(
                Upload.of(stage.file(), UploadStage.TARGET),
                done -> {
                  if (done.bytes() == done.total()) {
                    arrived[0] = since(start);
                  }
                });
          }
          return told(arrived[0], since(start), untilVerified);
        });
  }

  /** The SDK in a process of its own, as small as this one, with its classes ready. */
  Timed ourProcess(boolean untilVerified) throws Exception {
    if (!Files.exists(archive)) {
      fresh(() -> inProcess("-XX:ArchiveClassesAtExit=" + archive, untilVerified)).measure();
    }
    return fresh(() -> inProcess("-XX:SharedArchiveFile=" + archive, untilVerified));
  }

  private double inProcess(String classes, boolean untilVerified) throws Exception {
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command(classes)).redirectError(inherit()).start();
    double arrived = 0;
    double verified = 0;
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        arrived = line.equals(UploadOnce.ARRIVED) ? since(start) : arrived;
        verified = line.startsWith(UploadOnce.VERIFIED) ? since(start) : verified;
      }
    }
    require(process, "the SDK's process");
    return told(arrived, verified, untilVerified);
  }

  Timed scp(String... options) {
    List<String> command = way.openssh("scp", options);
    command.addAll(List.of(stage.file().toString(), way.address() + ":" + UploadStage.TARGET));
    return fresh(Timed.seconds(() -> require(start(command), "scp")));
  }

  /** The same packing by programs, and nobody verifies anything. */
  Timed unverified() {
    List<String> ssh = way.openssh("ssh", "-c", "aes128-gcm@openssh.com", way.address());
    ssh.add("zstd -dcq >" + UploadStage.TARGET);
    String script = "zstd -1 -q -c --single-thread \"$1\" | { shift; \"$@\"; }";
    List<String> command =
        new ArrayList<>(List.of("bash", "-o", "pipefail", "-c", script, "-", "" + stage.file()));
    command.addAll(ssh);
    return fresh(Timed.seconds(() -> require(start(command), "zstd and ssh")));
  }

  /** Once more, with the file there. */
  double again() {
    long start = System.nanoTime();
    try (SshHost host = way.connect()) {
      host.upload(Upload.of(stage.file(), UploadStage.TARGET), done -> {});
    }
    return since(start);
  }

  private Timed fresh(Timed side) {
    return () -> {
      stage.clear();
      double took = side.measure();
      stage.check();
      return took;
    };
  }

  private double told(double arrived, double verified, boolean untilVerified) {
    tell.accept("  ours: there after %.3f s, verified after %.3f s".formatted(arrived, verified));
    return untilVerified ? verified : arrived;
  }

  private List<String> command(String classes) {
    List<String> command =
        new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of(classes, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(UploadOnce.class.getName(), way.address(), "" + way.port()));
    command.addAll(List.of("" + way.key(), "" + way.knownHosts()));
    command.addAll(List.of("" + stage.file(), UploadStage.TARGET));
    return command;
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(inherit()).start();
  }

  private static ProcessBuilder.Redirect inherit() {
    return ProcessBuilder.Redirect.INHERIT;
  }

  private static void require(Process process, String what) throws InterruptedException {
    int status = process.waitFor();
    if (status != 0) {
      throw new IllegalStateException(what + " ended with " + status);
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
