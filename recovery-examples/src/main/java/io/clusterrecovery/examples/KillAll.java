package io.clusterrecovery.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Drills that are killed, one point after the other; what became of each may be kept in a file. */
final class KillAll {
  private final @Nullable Path file;
  private final PrintStream out;

  /**
   * Creates it.
   *
   * @param file a line for each point that was tried, which is only ever added to; or null
   */
  KillAll(@Nullable Path file, PrintStream out) {
    this.file = file;
    this.out = out;
  }

  /** Tries each point that did not hold before; all are tried, whatever becomes of the others. */
  Exit run(List<List<KillPoint>> drills, Function<List<KillPoint>, Exit> drill) {
    Set<String> held = heldBefore();
    List<String> failed = new ArrayList<>();
    Exit worst = Exit.HELD;
    for (List<KillPoint> points : drills) {
      String name = String.join(" ", points.stream().map(KillPoint::toString).toList());
      if (!held.contains(name)) {
        Exit exit = drill.apply(points);
        String line = name + " " + exit;
        out.println(line);
        keep(line);
        if (exit != Exit.HELD) {
          failed.add(line);
          worst = exit;
        }
      }
    }
    out.println("%d drills, %d failed".formatted(drills.size(), failed.size()));
    failed.forEach(line -> out.println("  FAIL " + line));
    return worst;
  }

  private Set<String> heldBefore() {
    try {
      return file == null || !Files.exists(file)
          ? Set.of()
          : Files.readAllLines(file).stream()
              .filter(line -> line.endsWith(" " + Exit.HELD))
              .map(line -> line.substring(0, line.indexOf(' ')))
              .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void keep(String line) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
