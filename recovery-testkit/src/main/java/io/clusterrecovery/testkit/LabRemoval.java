package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Takes a lab down by what its state folder and the kernel say, without anything the JVM that
 * started it knew.
 */
final class LabRemoval {
  /** The file that tells a lab's folder from others in the state folder. */
  static final String MARK = "lab.id";

  private static final int ATTEMPTS = 5;
  private static final Duration SUPERVISOR_LIMIT = Duration.ofSeconds(5);

  private static final Map<String, Thread> REMOVALS = new ConcurrentHashMap<>();

  private LabRemoval() {}

  static List<String> ids() {
    Path state = LabPaths.state();
    if (!Files.isDirectory(state)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(state)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve(MARK)))
          .map(entry -> String.valueOf(entry.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes the lab down when this JVM ends in an orderly way, should it still be there. */
  static void atExit(String id) {
    Thread removal = new Thread(() -> remove(id), "lab-removal");
    REMOVALS.put(id, removal);
    Runtime.getRuntime().addShutdownHook(removal);
  }

  /** Lets the lab stay when this JVM ends, unless it is ending already. */
  static void keep(String id) {
    Thread removal = REMOVALS.remove(id);
    if (removal != null) {
      Runtime.getRuntime().removeShutdownHook(removal);
    }
  }

  static synchronized boolean remove(String id) {
    Path directory = LabPaths.state().resolve(id).normalize();
    if (!LabPaths.state().equals(directory.getParent()) || !Files.exists(directory.resolve(MARK))) {
      return false;
    }
    // A thread that is still bringing the lab up may add to it behind our back, until its next step
    // finds the folder gone.
    for (int left = ATTEMPTS; left > 0 && isThere(id, directory); left--) {
      tryTakeDown(id, directory, left == 1);
    }
    NspawnTraces.remove(id);
    return true;
  }

  private static void tryTakeDown(String id, Path directory, boolean last) {
    try {
      takeDown(id, directory);
    } catch (LabException e) {
      if (last) {
        throw e;
      }
    }
  }

  static int removeAll() {
    LabException failed = new LabException("some labs could not be removed whole");
    int removed = 0;
    for (String id : ids()) {
      try {
        removed += remove(id) ? 1 : 0;
      } catch (RuntimeException e) {
        failed.addSuppressed(e);
      }
    }
    if (failed.getSuppressed().length > 0) {
      throw failed;
    }
    return removed;
  }

  private static boolean isThere(String id, Path directory) {
    return Files.exists(directory) || Cgroups.of(id).areThere();
  }

  private static void takeDown(String id, Path directory) {
    processes(id, directory);
    links(directory.resolve("net/lab"));
    hosts(directory).forEach(host -> NspawnTraces.unlock(host.merged()));
    Mounts.under(directory).forEach(LabRemoval::unmount);
    if (!Mounts.under(directory).isEmpty()) {
      throw new LabException(directory + " still has mounts: " + Mounts.under(directory));
    }
    Exec.ok("rm", "-rf", "--one-file-system", directory.toString());
  }

  /** Detached at least, where somebody's shell still stands in it. */
  private static void unmount(Path mount) {
    if (!Exec.run(Exec.LIMIT, new byte[0], List.of("umount", mount.toString())).ok()) {
      Exec.ok("umount", "--lazy", mount.toString());
    }
  }

  private static void processes(String id, Path directory) {
    recorded(directory).flatMap(each -> each.leader().stream()).forEach(ProcessId::kill);
    // A supervisor whose host is gone tidies up after itself and ends.
    if (!Await.holds(SUPERVISOR_LIMIT, () -> supervisors(directory).isEmpty())) {
      supervisors(directory).forEach(ProcessId::kill);
    }
    recorded(directory).forEach(ProcessId::kill);
    Cgroups.of(id).removeAll();
  }

  private static List<ProcessId> supervisors(Path directory) {
    return hosts(directory).stream()
        .flatMap(host -> ProcessId.recorded(host.supervisor()).stream())
        .filter(ProcessId::isAlive)
        .toList();
  }

  /** Every process whose number and start time the lab wrote down. */
  private static Stream<ProcessId> recorded(Path directory) {
    return Stream.concat(
            hosts(directory).stream().map(HostFolder::supervisor),
            Stream.of(LabAws.pidFile(directory)))
        .flatMap(file -> ProcessId.recorded(file).stream());
  }

  private static List<HostFolder> hosts(Path directory) {
    Path hosts = directory.resolve("hosts");
    if (!Files.isDirectory(hosts)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(hosts)) {
      return folders.map(HostFolder::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bridge goes by hand: the namespace it is in may be that of a JVM that lives on. */
  private static void links(Path namespace) {
    if (Mounts.under(namespace).isEmpty()) {
      return;
    }
    String inside = "--net=" + namespace;
    String links = Exec.ok("nsenter", inside, "ip", "-o", "link", "show");
    links
        .lines()
        .map(line -> line.split(":", -1)[1].strip().split("@", -1)[0])
        .filter(name -> name.equals(LabNetwork.BRIDGE) || name.matches("host\\d+"))
        .forEach(name -> Exec.ok("nsenter", inside, "ip", "link", "del", name));
  }
}
