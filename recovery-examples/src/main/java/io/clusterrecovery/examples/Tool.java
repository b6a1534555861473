package io.clusterrecovery.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code kubectl}, {@code etcdctl} and their like: the means other than the SDK. */
final class Tool {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Path program;
  private final Map<String, String> environment;

  Tool(Path program, Map<String, String> environment) {
    this.program = program;
    this.environment = environment;
  }

  /** The standard output; fails with what was printed if the exit status is not 0. */
  String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.PIPE);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      StringBuilder errors = new StringBuilder();
      Thread reader =
          new Thread(() -> process.errorReader(UTF_8).lines().forEach(l -> errors.append(l)));
      reader.start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(program.getFileName() + " did not end within " + LIMIT);
      }
      reader.join();
      if (process.exitValue() != 0) {
        throw new IllegalStateException(
            program.getFileName() + " ended with " + process.exitValue() + ": " + errors);
      }
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + program.getFileName(), e);
    }
  }
}
