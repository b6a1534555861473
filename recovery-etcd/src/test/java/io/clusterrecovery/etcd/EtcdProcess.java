package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real etcd of one member on the loopback address, without TLS. */
final class EtcdProcess implements AutoCloseable {
  static final String VERSION = "3.6.16";
  private static final int START_SECONDS = 30;

  private final Process process;
  private final String version;
  private final URI endpoint;

  private EtcdProcess(Process process, String version, URI endpoint) {
    this.process = process;
    this.version = version;
    this.endpoint = endpoint;
  }

  static EtcdProcess start(Path folder) throws Exception {
    return start(folder, VERSION);
  }

  static EtcdProcess start(Path folder, String version) throws Exception {
    URI client = URI.create("http://127.0.0.1:" + freePort());
    URI peer = URI.create("http://127.0.0.1:" + freePort());
    ProcessBuilder etcd =
        new ProcessBuilder(
            List.of(
                binary(version, "etcd"),
                "--unsafe-no-fsync",
                "--name=m0",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=m0=" + peer));
    etcd.redirectErrorStream(true).redirectOutput(folder.resolve("etcd.log").toFile());
    EtcdProcess started = new EtcdProcess(etcd.start(), version, client);
    started.awaitHealthy();
    return started;
  }

  static String binary(String name) {
    return binary(VERSION, name);
  }

  private static String binary(String version, String name) {
    Path caches =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache"));
    return caches
        .resolve("cluster-recovery/etcd-" + version + "/usr/local/bin")
        .resolve(name)
        .toString();
  }

  /** What etcdutl prints, which must succeed. */
  static String etcdutl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(binary("etcdutl")));
    command.addAll(List.of(arguments));
    Process ran =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ran.waitFor()).as(String.join(" ", command)).isZero();
    return output;
  }

  URI endpoint() {
    return endpoint;
  }

  String etcdctl(String... arguments) throws Exception {
    Ended ended = tryEtcdctl(arguments);
    assertThat(ended.status).as(ended.output).isZero();
    return ended.output;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Ended(int status, String output) {}

  private Ended tryEtcdctl(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(binary(version, "etcdctl"), "--endpoints=" + endpoint));
    command.addAll(List.of(arguments));
    ProcessBuilder etcdctl = new ProcessBuilder(command).redirectErrorStream(true);
    if (version.startsWith("3.4.")) {
      etcdctl.environment().put("ETCDCTL_API", "3");
    }
    Process ran = etcdctl.start();
    String output = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(ran.waitFor(), output);
  }

  private void awaitHealthy() throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    Ended last = tryEtcdctl("endpoint", "health");
    while (last.status != 0) {
      assertThat(process.isAlive()).as("etcd lives").isTrue();
      assertThat(System.nanoTime()).as(last.output).isLessThan(end);
      last = tryEtcdctl("endpoint", "health");
    }
  }
}
