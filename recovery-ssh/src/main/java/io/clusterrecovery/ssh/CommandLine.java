package io.clusterrecovery.ssh;

import io.clusterrecovery.Command;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Turns a command into the arguments that run it as wanted: as whom, where, with what. */
record CommandLine(String login) {
  /** Linux passes no longer single argument to a program, and a login shell gets all in one. */
  private static final int LONGEST = 128 * 1024 - 64;

  private static final String CHANGE_DIRECTORY = "cd -- \"$1\" && shift && exec \"$@\"";

  List<String> arguments(Command command) {
    List<String> inner = inner(command);
    return command.user() == Command.RunAs.ROOT ? asRoot(inner) : inner;
  }

  List<String> asRoot(List<String> arguments) {
    if (login.equals("root")) {
      return arguments;
    }
    List<String> all = new ArrayList<>(List.of("sudo", "-n", "--"));
    all.addAll(arguments);
    return all;
  }

  /** {@return the arguments that set directory and environment, whoever runs them} */
  static List<String> inner(Command command) {
    List<String> all = new ArrayList<>();
    String directory = command.directory();
    if (directory != null) {
      all.addAll(List.of("/bin/sh", "-c", CHANGE_DIRECTORY, "sh", directory));
    }
    if (!command.environment().isEmpty()) {
      all.add("env");
      new TreeMap<>(command.environment()).forEach((name, value) -> all.add(name + "=" + value));
    }
    all.addAll(command.arguments());
    return all;
  }

  /** {@return the line for a shell} */
  static String checked(List<String> arguments) {
    String line = Quoting.line(arguments);
    int length = line.getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST) {
      throw new IllegalArgumentException(
          "a command line of %d bytes is too long, %d are possible; pass data by standard input"
              .formatted(length, LONGEST));
    }
    return line;
  }
}
