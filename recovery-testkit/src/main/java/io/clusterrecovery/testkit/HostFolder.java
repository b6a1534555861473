package io.clusterrecovery.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one host consists of on disk.
 *
 * <p>{@code seed} is what the host is set up with, {@code upper} all that was written while it ran;
 * both lie over the read-only trees of the cache.
 */
record HostFolder(Path path) {
  static final String SUPERVISOR = "nspawn.pid";
  private static final int LAST_LINES = 3;

  Path seed() {
    return path.resolve("seed");
  }

  Path upper() {
    return path.resolve("upper");
  }

  Path merged() {
    return path.resolve("merged");
  }

  Path console() {
    return path.resolve("console.log");
  }

  /** The end of its console, of which nothing is left once the lab is closed. */
  String lastWords() {
    try {
      List<String> lines = Files.readString(console(), ISO_8859_1).strip().lines().toList();
      return String.join("; ", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      return "(its console cannot be read: " + e.getMessage() + ")";
    }
  }

  Path containerd() {
    return path.resolve("containerd");
  }

  Path supervisor() {
    return path.resolve(SUPERVISOR);
  }

  /** Makes the folders that are not there. */
  void make() {
    for (Path each : List.of(path, seed(), upper(), work(), merged(), containerd())) {
      directory(each);
    }
  }

  void mount(List<Path> layers) {
    List<Path> lower = new ArrayList<>(List.of(seed()));
    lower.addAll(layers);
    String options =
        "lowerdir=" + lower.stream().map(Path::toString).collect(Collectors.joining(":"));
    options += ",upperdir=" + upper() + ",workdir=" + work();
    Exec.ok("mount", "-t", "overlay", "-o", options, "crl", merged().toString());
  }

  void unmount() {
    if (Mounts.under(merged()).isEmpty()) {
      return;
    }
    Exec.ok("umount", "--recursive", merged().toString());
  }

  void empty() {
    if (!Mounts.under(path).isEmpty()) {
      throw new LabException(path + " still has a mount below it");
    }
    for (Path each : List.of(upper(), work(), containerd())) {
      Exec.ok("rm", "-rf", "--one-file-system", each.toString());
    }
    make();
  }

  private Path work() {
    return path.resolve("work");
  }

  private static void directory(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder);
      }
      // The folder on top gives the host's root directory its mode, whatever our umask is.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
