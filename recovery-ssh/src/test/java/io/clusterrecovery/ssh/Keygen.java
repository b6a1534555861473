package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** OpenSSH's own tools on this machine. */
final class Keygen {
  private Keygen() {}

  /** Makes a key pair, and gives its public line. */
  static String newKey(Path file, String... options) {
    List<String> all = new ArrayList<>(List.of("ssh-keygen", "-q", "-f", file.toString()));
    all.addAll(List.of(options));
    run(Map.of(), all.toArray(String[]::new));
    return read(file.resolveSibling(file.getFileName() + ".pub")).strip();
  }

  static String run(Map<String, String> environment, String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
