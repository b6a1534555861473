package io.clusterrecovery;

import java.lang.reflect.Type;

/**
 * The one way in which plans, journals and reports become JSON, and plans and journals come back.
 *
 * <p>Written here, since whoever embeds the SDK brings a JSON library of their own, and its version
 * is what two programs in one JVM most often disagree on. It knows records, lists, texts, whole
 * numbers, truths, names of enums and moments in time, which is all that those are made of.
 */
final class Json {
  private Json() {}

  /** {@return a value as JSON on one line} */
  static String write(Object value) {
    return JsonWriter.compact().text(value);
  }

  /** {@return a value as JSON for a person to read} */
  static String writePretty(Object value) {
    return JsonWriter.indented().text(value);
  }

  /**
   * {@return the record that a text holds} Members that the record has not are left out, and those
   * that the text has not are null.
   *
   * @throws IllegalArgumentException if it does not hold one
   */
  static <T> T read(String json, Class<T> type) {
    try {
      Object value = JsonRecords.as(JsonParser.parse(json), (Type) type);
      if (value == null) {
        throw new IllegalArgumentException("null");
      }
      return type.cast(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "not a " + type.getSimpleName() + " as JSON: " + e.getMessage(), e);
    }
  }
}
