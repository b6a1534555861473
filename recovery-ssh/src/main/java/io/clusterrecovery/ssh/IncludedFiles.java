package io.clusterrecovery.ssh;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that an {@code Include} of an OpenSSH configuration names. */
final class IncludedFiles {
  private static final Path SYSTEM = Path.of("/etc/ssh");

  private IncludedFiles() {}

  /** {@return the files that are there, by name; only the last part may hold wildcards} */
  static List<Path> of(String pattern, Path includer, Path home) {
    Path base = includer.startsWith(SYSTEM) ? SYSTEM : home.resolve(".ssh");
    Path path =
        pattern.startsWith("~/") ? home.resolve(pattern.substring(2)) : base.resolve(pattern);
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    String name = String.valueOf(path.getFileName());
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String called = String.valueOf(file.getFileName());
        boolean hidden = called.startsWith(".") && !name.startsWith(".");
        if (!hidden && NamePatterns.match(List.of(name), called)) {
          found.add(file);
        }
      }
    } catch (IOException e) {
      throw SshConfig.unreadable(folder + " cannot be read: " + e + ".", e);
    }
    return found.stream().sorted().toList();
  }
}
