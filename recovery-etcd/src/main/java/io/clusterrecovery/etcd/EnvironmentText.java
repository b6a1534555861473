package io.clusterrecovery.etcd;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables as systemd's environment files and its {@code show} write them. */
final class EnvironmentText {
  private static final Pattern WORD = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[^ ]+");

  private EnvironmentText() {}

  /** Adds the lines of an environment file; later ones win. */
  static void addLines(String text, Map<String, String> to) {
    text.lines()
        .map(String::strip)
        .filter(line -> !line.startsWith("#") && !line.startsWith(";"))
        .forEach(line -> addOne(line, to));
  }

  /** Adds variables in one line, separated by spaces; one with a space in it is quoted whole. */
  static void addWords(String text, Map<String, String> to) {
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      addOne(unquoted(words.group()), to);
    }
  }

  private static void addOne(String assignment, Map<String, String> to) {
    int equals = assignment.indexOf('=');
    if (equals > 0) {
      to.put(assignment.substring(0, equals).strip(), unquoted(assignment.substring(equals + 1)));
    }
  }

  private static String unquoted(String value) {
    String text = value.strip();
    boolean quoted =
        text.length() > 1
            && (text.charAt(0) == '"' || text.charAt(0) == '\'')
            && text.charAt(text.length() - 1) == text.charAt(0);
    return quoted ? text.substring(1, text.length() - 1) : text;
  }
}
