package io.clusterrecovery.ssh;

import io.clusterrecovery.Command;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Turns a command into the text for a shell that becomes it: as whom, where, with what.
 *
 * @param login the user whose shell it is
 * @param password whether sudo may ask for a password
 */
record CommandLine(String login, boolean password) {
  /** What sudo asks with, if it asks. */
  static final String PROMPT = "@cluster-recovery-password@";

  /** Linux passes no longer argument to a program. */
  private static final int LONGEST = 128 * 1024 - 1;

  /** Linux passes no more to a program by default than 2 MiB, the environment included. */
  private static final int LONGEST_IN_ALL = 1 << 20;

  private static final String MARKS =
      "printf %s " + Opening.MARK + "; printf %s " + Opening.MARK + " >&2\n";

  /** sudo lets some variables of the login through, so it is given none of them. */
  private static final String SUDO =
      "exec env -i \"PATH=$PATH\" \"HOME=$HOME\" LC_ALL=C sudo %s -- sh -c %s sh ";

  private static final String UNSET =
      "unset LC_ALL SUDO_COMMAND SUDO_USER SUDO_UID SUDO_GID MAIL TERM\n";

  /**
   * {@return the text for a command}
   *
   * @param reads whether it reads the standard input of the shell
   */
  String text(Command command, boolean reads) {
    requirePassable(command);
    String setting = setting(command);
    return command.user() == Command.RunAs.ROOT && !login.equals("root")
        ? asRoot(setting, command.arguments(), reads)
        : MARKS + setting + "exec " + Quoting.line(command.arguments()) + input(reads);
  }

  /** {@return arguments that set directory and environment by themselves, whoever runs them} */
  static List<String> whole(Command command) {
    String setting = setting(command);
    if (setting.isEmpty()) {
      return command.arguments();
    }
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", setting + "exec \"$@\"", "sh"));
    all.addAll(command.arguments());
    return all;
  }

  private String asRoot(String setting, List<String> arguments, boolean reads) {
    // With -k it asks even if it was answered a moment ago, and does not remember the answer.
    String options = password ? "-k -S -p " + PROMPT : "-n";
    String inner = MARKS + UNSET + setting + "exec \"$@\"" + input(reads);
    return SUDO.formatted(options, Quoting.quoted(inner)) + Quoting.line(arguments);
  }

  private static String input(boolean reads) {
    return reads ? "" : " </dev/null";
  }

  private static String setting(Command command) {
    StringBuilder all = new StringBuilder();
    String directory = command.directory();
    if (directory != null) {
      // CDPATH must not lead elsewhere, nor may "-" mean another place.
      String path = directory.startsWith("/") ? directory : "./" + directory;
      all.append("cd -- ").append(Quoting.quoted(path)).append(" || exit\n");
    }
    new TreeMap<>(command.environment())
        .forEach(
            (name, value) ->
                all.append("export ")
                    .append(name)
                    .append('=')
                    .append(Quoting.quoted(value))
                    .append('\n'));
    return all.toString();
  }

  private static void requirePassable(Command command) {
    List<String> all = new ArrayList<>(command.arguments());
    for (Map.Entry<String, String> variable : command.environment().entrySet()) {
      all.add(variable.getKey() + "=" + variable.getValue());
    }
    long sum = 0;
    for (String one : all) {
      int length = one.getBytes(StandardCharsets.UTF_8).length;
      requireAtMost(LONGEST, length, "an argument");
      sum += length + 1;
    }
    requireAtMost(LONGEST_IN_ALL, sum, "a command line");
  }

  private static void requireAtMost(long most, long length, String what) {
    if (length > most) {
      throw new IllegalArgumentException(
          "%s of %d bytes is too long, %d are possible; pass data by standard input"
              .formatted(what, length, most));
    }
  }
}
