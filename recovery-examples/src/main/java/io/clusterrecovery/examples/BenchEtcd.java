package io.clusterrecovery.examples;

import io.clusterrecovery.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An etcd of this machine alone, reached by its HTTP gateway; it ends when closed. */
final class BenchEtcd implements AutoCloseable {
  private static final String ENDPOINT = "http://127.0.0.1:12379";
  private static final String PEER = "http://127.0.0.1:12380";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Process process;
  private final HttpClient http = HttpClient.newHttpClient();

  private BenchEtcd(Process process) {
    this.process = process;
  }

  static BenchEtcd start(Path program, Path data) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            program.toString(),
            "--name=bench",
            "--data-dir=" + data,
            "--listen-client-urls=" + ENDPOINT,
            "--advertise-client-urls=" + ENDPOINT,
            "--listen-peer-urls=" + PEER,
            "--initial-advertise-peer-urls=" + PEER,
            "--initial-cluster=bench=" + PEER,
            "--quota-backend-bytes=8589934592",
            "--unsafe-no-fsync",
            "--log-level=fatal");
    Process process =
        new ProcessBuilder(command).inheritIO().redirectInput(ProcessBuilder.Redirect.PIPE).start();
    BenchEtcd etcd = new BenchEtcd(process);
    try {
      etcd.awaitHealthy();
      return etcd;
    } catch (IOException | InterruptedException | RuntimeException e) {
      etcd.close();
      throw e;
    }
  }

  String endpoint() {
    return ENDPOINT;
  }

  /** Calls the gateway, and gives the answer. */
  String post(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(ENDPOINT + path))
            .timeout(LIMIT)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("etcd answered " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void awaitHealthy() throws IOException, InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        post("/v3/maintenance/status", "{}");
        return;
      } catch (IOException e) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new IOException("etcd does not answer", e);
        }
        Clock.system().pause(Duration.ofMillis(100));
      }
    }
  }
}
