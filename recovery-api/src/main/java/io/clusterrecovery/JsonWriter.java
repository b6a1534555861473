package io.clusterrecovery;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes records and what they are made of as JSON (RFC 8259). Used once. */
final class JsonWriter {
  private static final int FIRST_PRINTABLE = 0x20;

  private final StringBuilder out = new StringBuilder();
  private final boolean indented;
  private int depth;

  private JsonWriter(boolean indented) {
    this.indented = indented;
  }

  static JsonWriter compact() {
    return new JsonWriter(false);
  }

  static JsonWriter indented() {
    return new JsonWriter(true);
  }

  String text(Object value) {
    write(value);
    return out.toString();
  }

  private void write(@Nullable Object value) {
    if (value == null || value instanceof Boolean || isWhole(value)) {
      out.append(value);
    } else if (value instanceof CharSequence || value instanceof Instant) {
      quote(value.toString());
    } else if (value instanceof Enum<?> name) {
      quote(name.name());
    } else if (value instanceof List<?> list) {
      between('[', ']', list.iterator(), this::write);
    } else if (value instanceof Record whole) {
      Iterator<RecordComponent> components =
          List.of(whole.getClass().getRecordComponents()).iterator();
      between('{', '}', components, component -> member(whole, component));
    } else {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass());
    }
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long || value instanceof Integer;
  }

  private void member(Record of, RecordComponent component) {
    quote(component.getName());
    out.append(indented ? " : " : ":");
    write(JsonRecords.value(of, component));
  }

  private <T> void between(char open, char close, Iterator<T> items, Item<T> item) {
    out.append(open);
    depth++;
    boolean any = items.hasNext();
    while (items.hasNext()) {
      newLine();
      item.write(items.next());
      out.append(items.hasNext() ? "," : "");
    }
    depth--;
    if (any) {
      newLine();
    }
    out.append(close);
  }

  private void newLine() {
    if (indented) {
      out.append('\n').append("  ".repeat(depth));
    }
  }

  private void quote(String text) {
    out.append('"');
    text.chars().forEach(c -> escape((char) c));
    out.append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> out.append(c < FIRST_PRINTABLE ? "\\u%04X".formatted((int) c) : c);
    }
  }

  /** Writes one item of several. */
  private interface Item<T> {
    void write(T item);
  }
}
