package io.clusterrecovery.ssh;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What OpenSSH configurations say of one host: of each keyword the first value, as ssh_config(5)
 * has it. Of {@code Match} it knows {@code all}, {@code host} and {@code originalhost}; a block
 * with any other condition is left out, and the log says so.
 */
final class SshConfig {
  private static final Logger LOG = System.getLogger(SshConfig.class.getName());
  private static final int DEEPEST = 16;

  private final String alias;
  private final Path home;
  private final Map<String, List<List<String>>> values = new HashMap<>();

  private SshConfig(String alias, Path home) {
    this.alias = alias;
    this.home = home;
  }

  /**
   * Reads files, the first one first; those that are not there hold nothing.
   *
   * @throws RefusedException if one cannot be read or understood
   */
  static SshConfig read(String alias, List<Path> files, Path home) {
    SshConfig config = new SshConfig(alias, home);
    for (Path file : files) {
      if (!Files.notExists(file)) {
        config.read(file, true, 0);
      }
    }
    return config;
  }

  String alias() {
    return alias;
  }

  /** {@return the first value of a keyword in lower case} */
  Optional<String> first(String keyword) {
    return firstList(keyword).stream().findFirst();
  }

  /** {@return all words of the first line with that keyword} */
  List<String> firstList(String keyword) {
    return values.getOrDefault(keyword, List.of(List.of())).get(0);
  }

  /** {@return the value of each line with that keyword} */
  List<String> all(String keyword) {
    return values.getOrDefault(keyword, List.of()).stream().flatMap(List::stream).toList();
  }

  /** {@return the name or address to connect to} */
  String hostName() {
    return first("hostname").orElse(alias).replace("%h", alias).replace("%%", "%");
  }

  private void read(Path file, boolean outer, int depth) {
    if (depth > DEEPEST) {
      throw unreadable(file + " is included within itself.", null);
    }
    boolean active = outer;
    int number = 0;
    for (String text : lines(file)) {
      number++;
      Optional<ConfigLine> line = parse(text, file, number);
      if (line.isEmpty()) {
        continue;
      }
      switch (line.get().keyword()) {
        case "host" -> active = outer && NamePatterns.match(line.get().arguments(), alias);
        case "match" -> active = outer && matches(line.get().arguments(), file);
        case "include" -> include(line.get().arguments(), file, active, depth);
        default -> keep(line.get(), active);
      }
    }
  }

  private void keep(ConfigLine line, boolean active) {
    if (active && !line.arguments().isEmpty()) {
      values.computeIfAbsent(line.keyword(), k -> new ArrayList<>()).add(line.arguments());
    }
  }

  private void include(List<String> patterns, Path file, boolean active, int depth) {
    for (String pattern : patterns) {
      for (Path included : IncludedFiles.of(pattern, file, home)) {
        read(included, active, depth + 1);
      }
    }
  }

  private boolean matches(List<String> conditions, Path file) {
    String words = String.join(" ", conditions);
    List<String> patterns = List.of(words.substring(words.indexOf(' ') + 1).split(",", -1));
    return switch (conditions.size() == 2 ? conditions.get(0) : words) {
      case "all" -> true;
      case "host" -> NamePatterns.match(patterns, hostName());
      case "originalhost" -> NamePatterns.match(patterns, alias);
      default -> {
        LOG.log(Level.WARNING, "{0}: the block of ''Match {1}'' is left out", file, words);
        yield false;
      }
    };
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(file + " cannot be read: " + e + ".", e);
    }
  }

  private static Optional<ConfigLine> parse(String text, Path file, int number) {
    try {
      return ConfigLine.parse(text);
    } catch (IllegalArgumentException e) {
      throw unreadable("%s, line %d: %s.".formatted(file, number, e.getMessage()), e);
    }
  }

  static RefusedException unreadable(String found, @Nullable Exception e) {
    return new RefusedException(
        new Refusal(
            Code.FILE_UNREADABLE,
            "The configuration of OpenSSH: " + found,
            "Correct it, or describe the host with SshHost.at(…)."),
        e);
  }
}
