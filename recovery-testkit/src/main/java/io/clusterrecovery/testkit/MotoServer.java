package io.clusterrecovery.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A moto server in a process of its own, which ends with this one, however that ends. */
final class MotoServer implements AutoCloseable {
  private static final int START_LIMIT_SECONDS = 120;

  private final Process process;
  private final URI uri;

  private MotoServer(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /** Where {@code bin/lab-install} puts the virtual environment that moto lives in. */
  static Path installed() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("cluster-recovery/venv-moto-5.2.5/bin");
  }

  static MotoServer start(Path bin, Path log) {
    Path python = bin.resolve("python");
    if (!Files.isExecutable(python)) {
      throw new IllegalStateException("no moto in " + bin + ": run bin/lab-install");
    }
    try {
      ProcessBuilder command = new ProcessBuilder(python.toString(), "-c", script());
      command.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Process process = command.start();
      return new MotoServer(process, URI.create("http://127.0.0.1:" + port(process, log)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + python, e);
    }
  }

  URI uri() {
    return uri;
  }

  long pid() {
    return process.pid();
  }

  private static String script() throws IOException {
    try (InputStream script = MotoServer.class.getResourceAsStream("moto.py")) {
      return new String(
          Objects.requireNonNull(script, "moto.py").readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String port(Process process, Path log) {
    CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> firstLine(process));
    try {
      return line.get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while moto started", e);
    } catch (ExecutionException | TimeoutException e) {
      process.destroyForcibly();
      throw new IllegalStateException("moto did not start; see " + log, e);
    }
  }

  private static String firstLine(Process process) {
    try {
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      return Objects.requireNonNull(out.readLine(), "moto ended");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
