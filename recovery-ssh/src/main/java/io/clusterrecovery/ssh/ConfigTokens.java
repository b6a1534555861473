package io.clusterrecovery.ssh;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for something else in paths of an OpenSSH configuration: {@code ~}, {@code ${NAME}}
 * and, of its tokens, those that tell of user, host and home.
 */
record ConfigTokens(Path home, Map<String, String> tokens, Map<String, String> environment) {
  private static final Pattern TOKEN = Pattern.compile("%(.)|\\$\\{([^}]*)}");

  Path path(String text) {
    String expanded = expand(text);
    return expanded.equals("~") || expanded.startsWith("~/")
        ? home.resolve(expanded.substring(Math.min(2, expanded.length())))
        : Path.of(expanded);
  }

  private String expand(String text) {
    return TOKEN.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value(m.group(), text)));
  }

  private String value(String token, String text) {
    String found =
        token.startsWith("%")
            ? tokens.get(token.substring(1))
            : environment.get(token.substring(2, token.length() - 1));
    if (found == null) {
      throw SshConfig.unreadable("nothing is known for " + token + " in " + text + ".", null);
    }
    return found;
  }
}
