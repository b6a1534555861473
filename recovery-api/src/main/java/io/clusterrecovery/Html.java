package io.clusterrecovery;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text as HTML holds it: whatever a host, a cloud or a person wrote stays text. */
final class Html {
  private Html() {}

  static String text(String plain) {
    StringBuilder safe = new StringBuilder(plain.length() + 16);
    plain.codePoints().forEach(c -> append(safe, c));
    return safe.toString();
  }

  private static void append(StringBuilder safe, int c) {
    switch (c) {
      case '&' -> safe.append("&amp;");
      case '<' -> safe.append("&lt;");
      case '>' -> safe.append("&gt;");
      case '"' -> safe.append("&quot;");
      case '\'' -> safe.append("&#39;");
      default -> safe.appendCodePoint(isShown(c) ? c : 0xFFFD);
    }
  }

  /** Escape sequences of a terminal and other control characters have no place in a page. */
  private static boolean isShown(int c) {
    return c == '\n' || c == '\t' || (c >= 0x20 && c != 0x7F && (c < 0x80 || c > 0x9F));
  }

  /** The cells are HTML already. */
  static String table(List<String> heads, List<List<String>> rows) {
    String head = heads.stream().map(h -> "<th>" + text(h) + "</th>").collect(Collectors.joining());
    String body = rows.stream().map(Html::row).collect(Collectors.joining("\n"));
    return "<div class=\"wide\"><table><tr>%s</tr>\n%s</table></div>\n".formatted(head, body);
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(c -> "<td>" + c + "</td>")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  static String term(String name, String value) {
    return "<dt>%s</dt><dd>%s</dd>\n".formatted(text(name), text(value));
  }

  static String badge(Outcome outcome) {
    String words = outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "<span class=\"badge %s\">%s</span>".formatted(outcome.name(), words);
  }
}
