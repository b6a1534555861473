package io.clusterrecovery.ssh;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Matches names against patterns as OpenSSH writes them: {@code *}, {@code ?}, {@code !}. */
final class NamePatterns {
  private NamePatterns() {}

  /** {@return whether a pattern fits, and none with an exclamation mark does} */
  static boolean match(Collection<String> patterns, String name) {
    boolean denied =
        patterns.stream().anyMatch(p -> p.startsWith("!") && fits(p.substring(1), name));
    return !denied && patterns.stream().anyMatch(p -> fits(p, name));
  }

  private static boolean fits(String pattern, String name) {
    String regex =
        pattern
            .chars()
            .mapToObj(
                c ->
                    switch (c) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(Character.toString(c));
                    })
            .collect(Collectors.joining());
    return name.matches(regex);
  }
}
