package io.clusterrecovery.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A process of this machine, told from a later one with the same number by its start time. */
record ProcessId(long pid, long startTicks) {

  static Optional<ProcessId> recorded(Path file) {
    try {
      String[] words = Files.readString(file).strip().split(" ", -1);
      return words.length < 2
          ? Optional.empty()
          : Optional.of(new ProcessId(Long.parseLong(words[0]), Long.parseLong(words[1])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<ProcessId> of(long pid) {
    return startTicks(pid).map(ticks -> new ProcessId(pid, ticks));
  }

  boolean isAlive() {
    return startTicks(pid).filter(ticks -> ticks == startTicks).isPresent();
  }

  void kill() {
    if (isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** The child that is process 1 of a PID namespace of its own. */
  Optional<ProcessId> leader() {
    if (!isAlive()) {
      return Optional.empty();
    }
    try {
      Path children = Path.of("/proc/" + pid + "/task/" + pid + "/children");
      return Stream.of(Files.readString(children).split(" ", -1))
          .filter(word -> !word.isBlank())
          .map(word -> Long.parseLong(word.strip()))
          .filter(ProcessId::isInit)
          .findFirst()
          .flatMap(ProcessId::of);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isInit(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/status"))
          .lines()
          .anyMatch(line -> line.matches("NSpid:\\s+\\d+\\s+1"));
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<Long> startTicks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      // A zombie is dead already; only its parent has not looked yet.
      return afterName[0].equals("Z") ? Optional.empty() : Optional.of(Long.valueOf(afterName[19]));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
