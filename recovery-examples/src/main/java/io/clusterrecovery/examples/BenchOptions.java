package io.clusterrecovery.examples;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bench's command line.
 *
 * @param figure which figures are measured
 * @param only words of which one must be in a figure's name; empty for all figures
 * @param json where the results go too, or null
 * @param rounds how often both sides are measured
 * @param size how large the file is, in MiB
 */
record BenchOptions(String figure, List<String> only, @Nullable Path json, int rounds, int size) {

  private static final int DEFAULT_ROUNDS = 5;
  private static final int DEFAULT_SIZE = 1024;

  /** Copies the list. */
  BenchOptions {
    only = List.copyOf(only);
  }

  /** The command line, or why it is wrong as an {@link IllegalArgumentException}. */
  static BenchOptions parse(List<String> arguments) {
    Deque<String> left = new ArrayDeque<>(arguments);
    List<String> figures = new ArrayList<>();
    List<String> only = new ArrayList<>();
    Path json = null;
    int rounds = DEFAULT_ROUNDS;
    int size = DEFAULT_SIZE;
    while (!left.isEmpty()) {
      String option = left.pop();
      switch (option) {
        case "--json" -> json = Path.of(value(option, left)).toAbsolutePath();
        case "--rounds" -> rounds = number(option, value(option, left), 1, 100);
        case "--size" -> size = number(option, value(option, left), 1, 8192);
        case "--only" -> only.add(value(option, left));
        default -> figures.add(word(option));
      }
    }
    if (figures.size() != 1) {
      throw new IllegalArgumentException("name one figure, not " + figures.size());
    }
    return new BenchOptions(figures.get(0), only, json, rounds, size);
  }

  /** Whether a figure of that name was asked for. */
  boolean wants(String name) {
    return only.isEmpty() || only.stream().anyMatch(name::contains);
  }

  private static String word(String argument) {
    if (argument.startsWith("-")) {
      throw new IllegalArgumentException("unknown option " + argument);
    }
    return argument;
  }

  private static String value(String option, Deque<String> left) {
    if (left.isEmpty() || left.peek().startsWith("--")) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return left.pop();
  }

  private static int number(String option, String text, int least, int most) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Told below, as a number out of bounds is.
    }
    throw new IllegalArgumentException(
        "%s must be %d to %d, not %s".formatted(option, least, most, text));
  }
}
