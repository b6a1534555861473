package io.clusterrecovery.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of an OpenSSH configuration.
 *
 * @param keyword in lower case, since its case does not matter
 * @param arguments the rest, quotes taken off
 */
record ConfigLine(String keyword, List<String> arguments) {
  private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z0-9]+)(?:\\s*=\\s*|\\s+)(.*)");
  private static final Pattern WORD =
      Pattern.compile(
          "\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|([^\\s\"'#]\\S*))");

  /**
   * {@return what a line says, unless it is empty or a comment}
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static Optional<ConfigLine> parse(String text) {
    if (text.isBlank() || text.strip().startsWith("#")) {
      return Optional.empty();
    }
    Matcher line = LINE.matcher(text);
    if (!line.matches()) {
      throw new IllegalArgumentException("neither keyword and value nor a comment");
    }
    return Optional.of(
        new ConfigLine(line.group(1).toLowerCase(Locale.ROOT), words(line.group(2))));
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    int end = 0;
    while (word.find(end) && word.start() == end) {
      words.add(word.group(3) != null ? word.group(3) : unescaped(word));
      end = word.end();
    }
    String rest = text.substring(end).strip();
    if (!rest.isEmpty() && !rest.startsWith("#")) {
      throw new IllegalArgumentException("a quote without its end");
    }
    return words;
  }

  private static String unescaped(Matcher word) {
    String quoted = word.group(1) != null ? word.group(1) : word.group(2);
    return quoted.replaceAll("\\\\([\"'\\\\])", "$1");
  }
}
