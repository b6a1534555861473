package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The machine's mount table. */
final class Mounts {
  private Mounts() {}

  /** Mount points at that path and below it, deepest first. */
  static List<Path> under(Path path) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines
          .map(line -> Path.of(line.split(" ", -1)[4].replace("\\040", " ")))
          .filter(mount -> mount.startsWith(path))
          .sorted(Comparator.comparing((Path mount) -> mount.getNameCount()).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
