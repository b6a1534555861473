package io.clusterrecovery.examples;

import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabHost;
import io.clusterrecovery.testkit.LabLine;
import io.clusterrecovery.testkit.LoopbackSshd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The host that uploads go to, and the ways to it. */
final class UploadStage implements AutoCloseable {
  static final String FOLDER = "/srv/bench";
  static final String TARGET = FOLDER + "/snapshot.db";

  private final Lab lab;
  private final LabHost host;
  private final LoopbackSshd sshd;
  private final Path knownHosts;
  private final Path file;
  private final String sha256;

  private UploadStage(Lab lab, Path file) throws IOException {
    this.lab = lab;
    this.file = file;
    this.host = lab.createBare("bench-0");
    this.sshd = host.loopbackSshd();
    this.knownHosts = lab.directory().resolve("bench_known_hosts");
    this.sha256 = new Tool(Path.of("sha256sum"), java.util.Map.of()).run(file.toString());
    host.script("mkdir " + FOLDER + " && chown core " + FOLDER).orThrow();
  }

  static UploadStage open(Path file) throws IOException {
    Lab lab = Lab.builder().start();
    try {
      return new UploadStage(lab, file);
    } catch (IOException | RuntimeException e) {
      lab.close();
      throw e;
    }
  }

  Path file() {
    return file;
  }

  UploadWay loopback() {
    return way("127.0.0.1", LoopbackSshd.PORT);
  }

  LabLine line(int megabits, Duration roundTrip) {
    return host.line(megabits, roundTrip);
  }

  UploadWay over(LabLine line) {
    return way(line.address(), 22);
  }

  /** Lets the next upload begin with nothing there and nothing on its way to the disk. */
  void clear() {
    host.script("rm -f " + TARGET + "; sync").orThrow();
  }

  /** Fails unless the host's file is the one that was to be sent, by the host's own tools. */
  void check() {
    String there = host.script("sha256sum <" + TARGET).orThrow();
    if (!there.substring(0, 64).equals(sha256.substring(0, 64))) {
      throw new IllegalStateException("the host has another file: " + there);
    }
  }

  @Override
  public void close() {
    sshd.close();
    lab.close();
  }

  private UploadWay way(String address, int port) {
    try {
      String[] words = Files.readString(lab.knownHosts()).strip().split(" ", -1);
      String names = port == 22 ? address : "[" + address + "]:" + port;
      Files.writeString(knownHosts, names + " " + words[1] + " " + words[2] + "\n");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return UploadWay.to(lab, address, port, knownHosts);
  }
}
