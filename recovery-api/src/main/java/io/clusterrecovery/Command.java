package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program to run on a host, as a list of arguments: it is quoted in one place, by the host, and
 * never by the caller.
 *
 * <p>Immutable; each setter gives a new command.
 *
 * <p>All text arrives as UTF-8; bytes that are none can only be passed by standard input.
 *
 * @param arguments the program and its arguments, at least one, none with a NUL
 * @param environment variables that the program sees besides those of the login; as root through
 *     sudo, besides {@code HOME}, {@code LOGNAME}, {@code PATH}, {@code SHELL} and {@code USER} of
 *     root, and none of the login
 * @param directory the working directory, or null for the login's own
 * @param user whom it runs as
 * @param stdin what it reads from standard input, or null for nothing; the way for secrets, which
 *     never belong in arguments or environment
 * @param limit how long it may take, more than zero; afterwards waiting ends with a {@link
 *     TimedOutException}
 */
public record Command(
    List<String> arguments,
    Map<String, String> environment,
    @Nullable String directory,
    RunAs user,
    @Nullable Secret stdin,
    Duration limit) {

  /** The default limit of a command: {@value} minutes. */
  public static final int DEFAULT_LIMIT_MINUTES = 5;

  /** Whom a command runs as. */
  public enum RunAs {
    /** The user who logged in. */
    LOGIN,
    /** Root, by sudo. */
    ROOT
  }

  /** Copies the collections and checks the arguments. */
  public Command {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
    requireNonNull(user, "user");
    requireNonNull(limit, "limit");
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("a command needs a program");
    }
    arguments.forEach(Command::requirePassable);
    environment.values().forEach(Command::requirePassable);
    if (directory != null) {
      requirePassable(directory);
    }
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException("limit must be more than zero, was " + limit);
    }
    environment.keySet().forEach(Command::requireVariableName);
  }

  /** {@return a command for the user who logged in, with a limit of 5 minutes} */
  public static Command of(String program, String... arguments) {
    List<String> all = new ArrayList<>();
    all.add(program);
    all.addAll(List.of(arguments));
    Duration limit = Duration.ofMinutes(DEFAULT_LIMIT_MINUTES);
    return new Command(all, Map.of(), null, RunAs.LOGIN, null, limit);
  }

  /** {@return this command, run as root} */
  public Command asRoot() {
    return new Command(arguments, environment, directory, RunAs.ROOT, stdin, limit);
  }

  /** {@return this command with one more variable} */
  public Command env(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Command(arguments, more, directory, user, stdin, limit);
  }

  /** {@return this command in the given working directory} */
  public Command in(String directory) {
    return new Command(arguments, environment, directory, user, stdin, limit);
  }

  /** {@return this command reading the given bytes} */
  public Command stdin(Secret stdin) {
    return new Command(arguments, environment, directory, user, stdin, limit);
  }

  /** {@return this command with another limit} */
  public Command limit(Duration limit) {
    return new Command(arguments, environment, directory, user, stdin, limit);
  }

  /** {@return the command as people read it; not quoted for a shell} */
  @Override
  public String toString() {
    List<String> shown = arguments.stream().map(Command::firstLine).toList();
    return (user == RunAs.ROOT ? "sudo " : "") + String.join(" ", shown);
  }

  /** A script as an argument would fill the screen. */
  private static String firstLine(String argument) {
    String text = argument.strip();
    int end = text.indexOf('\n');
    return end < 0 ? argument : text.substring(0, end) + " …";
  }

  /** No program takes a NUL in a text, and half a surrogate pair is no text in UTF-8. */
  private static void requirePassable(String value) {
    boolean half = value.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    if (half || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "a command must not hold %s: it is in a text of %d characters"
              .formatted(half ? "half a surrogate pair" : "a NUL", value.length()));
    }
  }

  private static void requireVariableName(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("not the name of an environment variable: " + name);
    }
  }
}
