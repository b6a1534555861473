package io.clusterrecovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) into maps, lists, texts, whole numbers, truths and nulls. What no journal
 * or plan holds is refused: fractions, a name twice in one object, more than {@value #DEEPEST}
 * levels.
 */
final class JsonParser {
  private static final int DEEPEST = 64;
  private static final int UNICODE_DIGITS = 4;
  private static final int HEX = 16;
  private static final char END = '\uFFFF';

  private final String text;
  private int at;

  private JsonParser(String text) {
    this.text = text;
  }

  /**
   * {@return the value that a text holds}
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  static @Nullable Object parse(String text) {
    JsonParser parser = new JsonParser(text);
    Object value = parser.value(0);
    if (parser.peek() != END || parser.at < text.length()) {
      throw parser.wrong("more after its end");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    if (depth > DEEPEST) {
      throw wrong("more than " + DEEPEST + " levels");
    }
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> list(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object(int depth) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    at++;
    while (another('}', members.isEmpty())) {
      String name = string();
      expect(':');
      boolean twice = members.containsKey(name);
      members.put(name, value(depth + 1));
      if (twice) {
        throw wrong("'" + name + "' twice");
      }
    }
    return members;
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    at++;
    while (another(']', items.isEmpty())) {
      items.add(value(depth + 1));
    }
    return items;
  }

  /** Whether one more follows; steps over the comma before it, or over the end. */
  private boolean another(char end, boolean first) {
    if (peek() == end) {
      at++;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  private String string() {
    expect('"');
    StringBuilder read = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return read.toString();
      }
      if (c < ' ') {
        throw wrong("a control character in a text");
      }
      read.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw wrong("an escape that there is not");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < UNICODE_DIGITS; i++) {
      int digit = Character.digit(next(), HEX);
      if (digit < 0) {
        throw wrong("no hexadecimal digit");
      }
      code = code * HEX + digit;
    }
    return (char) code;
  }

  private @Nullable Object word(String word, @Nullable Object meaning) {
    if (!text.startsWith(word, at)) {
      throw wrong("an unknown word");
    }
    at += word.length();
    return meaning;
  }

  private Long number() {
    int from = at;
    while (at < text.length() && "-0123456789.eE+".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(from, at);
    if (!digits.matches("-?(0|[1-9][0-9]{0,18})")) {
      at = from;
      throw wrong("no value, or no whole number of 64 bits");
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw wrong("a number of more than 64 bits");
    }
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw wrong("no '" + wanted + "'");
    }
    at++;
  }

  /** The next character that is no white space, which is not stepped over. */
  private char peek() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : END;
  }

  private char next() {
    if (at >= text.length()) {
      throw wrong("its end in the middle of a text");
    }
    return text.charAt(at++);
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("there is " + what + " at character " + at);
  }
}
