package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A lab's folders in the hierarchies of the machine's cgroup controllers, one below the group that
 * this JVM is in, so that what limits and counts it limits and counts its lab too.
 *
 * @param name the folder's name, which no other lab's has
 */
record CgroupControllers(String name) {
  /** How deep below a hierarchy's root the group of a JVM is looked for. */
  private static final int DEPTH = 8;

  /** Where they are made, there or not. */
  List<Path> folders() {
    Map<String, String> own = ownGroups();
    List<Path> folders = new ArrayList<>();
    for (Path mount : mounts()) {
      String group = own.getOrDefault(String.valueOf(mount.getFileName()), "/");
      folders.add(mount.resolve(group.substring(1)).resolve(name));
    }
    return folders;
  }

  /** Those that are there, whichever group the JVM that made them was in. */
  List<Path> made() {
    return mounts().stream().flatMap(mount -> below(mount).stream()).toList();
  }

  /** Nothing if a group ends while it is looked at; whoever removes looks again. */
  private List<Path> below(Path mount) {
    try (Stream<Path> all =
        Files.find(mount, DEPTH, (path, is) -> is.isDirectory() && path.endsWith(name))) {
      return all.toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  private static List<Path> mounts() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/mountinfo"))) {
      return lines
          .filter(line -> line.contains(" - cgroup ") && !line.contains("name="))
          .map(line -> Path.of(line.split(" ", -1)[4]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lines like {@code 4:cpu,cpuacct:/some/group}, by what is between the colons. */
  private static Map<String, String> ownGroups() {
    Map<String, String> groups = new HashMap<>();
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/cgroup"))) {
      lines.map(line -> line.split(":", 3)).forEach(each -> groups.put(each[1], each[2]));
      return groups;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
