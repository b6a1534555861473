package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs commands on the machine, each with a limit. */
final class Exec {
  static final Duration LIMIT = Duration.ofSeconds(60);

  private Exec() {}

  static String ok(String... argv) {
    return ok(new byte[0], argv);
  }

  static String ok(byte[] stdin, String... argv) {
    Ran ran = run(LIMIT, stdin, List.of(argv));
    if (!ran.ok()) {
      throw new LabException(
          String.join(" ", argv) + ": exit status " + ran.exit() + ": " + ran.out().strip());
    }
    return ran.out().strip();
  }

  static Ran run(Duration limit, byte[] stdin, List<String> argv) {
    try {
      Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
      CompletableFuture<String> out =
          CompletableFuture.supplyAsync(() -> read(process.getInputStream()), Exec::thread);
      CompletableFuture<Void> in =
          CompletableFuture.runAsync(() -> write(process.getOutputStream(), stdin), Exec::thread);
      return finish(process, limit, out, in, argv);
    } catch (IOException e) {
      throw new LabException("cannot run " + argv.get(0) + ": " + e.getMessage(), e);
    }
  }

  private static Ran finish(
      Process process,
      Duration limit,
      CompletableFuture<String> out,
      CompletableFuture<Void> in,
      List<String> argv) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new LabException(
            "not finished within " + limit.toSeconds() + " s: " + String.join(" ", argv));
      }
      in.cancel(true);
      return new Ran(process.exitValue(), out.get(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LabException("interrupted while running " + argv.get(0), e);
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new LabException("no output of " + argv.get(0), e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String read(InputStream from) {
    try (from) {
      return new String(from.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(OutputStream to, byte[] bytes) {
    try (to) {
      to.write(bytes);
    } catch (IOException e) {
      // A command that ends without reading all of its input is judged by its exit status.
      throw new UncheckedIOException(e);
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "lab-exec");
    thread.setDaemon(true);
    thread.start();
  }
}
