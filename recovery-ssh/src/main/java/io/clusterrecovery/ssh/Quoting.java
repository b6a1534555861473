package io.clusterrecovery.ssh;

import java.util.List;
import java.util.stream.Collectors;

/** The one place where arguments become a line for a shell. */
final class Quoting {
  private Quoting() {}

  static String line(List<String> arguments) {
    return arguments.stream().map(Quoting::quoted).collect(Collectors.joining(" "));
  }

  /** Inside single quotes a shell changes nothing, and only a single quote ends them. */
  static String quoted(String argument) {
    return "'" + argument.replace("'", "'\\''") + "'";
  }
}
