package io.clusterrecovery.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Drills that are killed, one after the other; what became of each point may be kept in a file. */
final class KillAll {
  private final @Nullable Path file;
  private final PrintStream out;
  private final List<String> failed = new ArrayList<>();
  private int tried;
  private Exit worst = Exit.HELD;

  /**
   * Creates it.
   *
   * @param file a line for each point that was tried, which is only ever added to; or null
   */
  KillAll(@Nullable Path file, PrintStream out) {
    this.file = file;
    this.out = out;
  }

  /**
   * What became of a drill.
   *
   * @param exit how it ended
   * @param unreached points that its recovery never came to
   */
  record Killed(Exit exit, List<KillPoint> unreached) {}

  /**
   * Tries each point that did not hold before; all are tried, whatever becomes of the others. A
   * point that was not reached in a drill with others is tried once more, in a drill of its own.
   */
  Exit run(List<List<KillPoint>> drills, Function<List<KillPoint>, Killed> drill) {
    Set<String> held = heldBefore();
    Deque<List<KillPoint>> left = new ArrayDeque<>(drills);
    while (!left.isEmpty()) {
      List<KillPoint> points =
          left.pop().stream().filter(point -> !held.contains(point.toString())).toList();
      if (!points.isEmpty()) {
        Killed killed = drill.apply(points);
        points.stream()
            .filter(point -> !killed.unreached().contains(point))
            .forEach(point -> became(point, killed.exit()));
        for (KillPoint unreached : killed.unreached()) {
          if (points.size() > 1) {
            left.add(List.of(unreached));
          } else {
            out.println(unreached + " was not reached");
            became(unreached, Exit.FAILED);
          }
        }
      }
    }
    out.println("%d points, %d failed".formatted(tried, failed.size()));
    failed.forEach(line -> out.println("  FAIL " + line));
    return worst;
  }

  private void became(KillPoint point, Exit exit) {
    String line = point + " " + exit;
    out.println(line);
    keep(line);
    tried++;
    if (exit != Exit.HELD) {
      failed.add(line);
      worst = exit;
    }
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
