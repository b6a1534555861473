package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cgroup folders of one lab, in every hierarchy that systemd keeps its units in, and in those
 * of the controllers for hosts that run pods.
 *
 * <p>Each host needs one of its own: two systemds that share a folder would take each other's
 * services for their own. It is also the proof that a process belongs to the lab.
 */
final class Cgroups {
  private final List<Path> folders;
  private final CgroupControllers controllers;

  private Cgroups(List<Path> folders, CgroupControllers controllers) {
    this.folders = folders;
    this.controllers = controllers;
  }

  static Cgroups of(String labId) {
    String folder = "crl-" + labId;
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return new Cgroups(
          mounts
              .filter(line -> line.contains(" - cgroup2 ") || line.contains("name=systemd"))
              .map(line -> Path.of(line.split(" ", -1)[4], folder))
              .toList(),
          new CgroupControllers(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folders of that name, there or not. */
  List<Path> folders(String name) {
    return folders.stream().map(folder -> folder.resolve(name)).toList();
  }

  /** The folders of a host that runs pods: those of the controllers too. */
  List<Path> foldersForPods(String name) {
    return Stream.concat(folders.stream(), controllers.folders().stream())
        .map(folder -> folder.resolve(name))
        .toList();
  }

  boolean areThere() {
    return folders.stream().anyMatch(Files::isDirectory) || !controllers.made().isEmpty();
  }

  boolean isEmpty(String name) {
    return folders(name).stream().allMatch(Cgroups::holdsNobody);
  }

  /** Kills whatever is left in the folder of that name, and removes it. */
  void remove(String name) {
    Await.until(
        "all processes of " + name + " gone",
        Duration.ofSeconds(20),
        () -> made(name).allMatch(Cgroups::tryRemove));
  }

  private Stream<Path> made(String name) {
    return Stream.concat(folders.stream(), controllers.made().stream())
        .map(folder -> folder.resolve(name));
  }

  void removeAll() {
    remove("");
  }

  private static boolean tryRemove(Path folder) {
    for (Path each : deepestFirst(folder)) {
      members(each).forEach(ProcessId::kill);
      try {
        Files.deleteIfExists(each);
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  private static boolean holdsNobody(Path folder) {
    return deepestFirst(folder).stream().allMatch(each -> members(each).isEmpty());
  }

  private static List<ProcessId> members(Path folder) {
    try (Stream<String> lines = Files.lines(folder.resolve("cgroup.procs"))) {
      return lines.map(Long::valueOf).flatMap(pid -> ProcessId.of(pid).stream()).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static List<Path> deepestFirst(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(folder);
    }
  }
}
