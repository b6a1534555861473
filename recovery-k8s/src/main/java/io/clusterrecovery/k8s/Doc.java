package io.clusterrecovery.k8s;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads fields of documents, where any of them may be absent. */
final class Doc {
  private Doc() {}

  /** {@return the text at the path, or "" if there is none} */
  static String text(JsonElement from, String... path) {
    return at(from, path)
        .filter(JsonElement::isJsonPrimitive)
        .map(JsonElement::getAsString)
        .orElse("");
  }

  /** {@return the object's condition of that type; one that says nothing if it has none} */
  static JsonObject condition(JsonObject object, String type) {
    return objects(object, "status", "conditions").stream()
        .filter(condition -> text(condition, "type").equals(type))
        .findFirst()
        .orElseGet(JsonObject::new);
  }

  /** {@return the object's addresses of that type} */
  static List<String> addresses(JsonObject object, String type) {
    return objects(object, "status", "addresses").stream()
        .filter(address -> text(address, "type").equals(type))
        .map(address -> text(address, "address"))
        .toList();
  }

  /** {@return whether there is anything at the path} */
  static boolean has(JsonElement from, String... path) {
    return at(from, path).isPresent();
  }

  /** {@return the time at the path, if there is one that can be read} */
  static Optional<Instant> time(JsonElement from, String... path) {
    try {
      String text = text(from, path);
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@return the objects of the list at the path; empty if there is none} */
  static List<JsonObject> objects(JsonElement from, String... path) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonElement item : list(from, path)) {
      if (item.isJsonObject()) {
        objects.add(item.getAsJsonObject());
      }
    }
    return objects;
  }

  /** {@return the texts of the list at the path; empty if there is none} */
  static List<String> texts(JsonElement from, String... path) {
    List<String> texts = new ArrayList<>();
    for (JsonElement item : list(from, path)) {
      texts.add(item.isJsonPrimitive() ? item.getAsString() : item.toString());
    }
    return texts;
  }

  private static JsonArray list(JsonElement from, String... path) {
    return at(from, path)
        .filter(JsonElement::isJsonArray)
        .map(JsonElement::getAsJsonArray)
        .orElseGet(JsonArray::new);
  }

  private static Optional<JsonElement> at(JsonElement from, String... path) {
    JsonElement here = from;
    for (String name : path) {
      if (here == null || !here.isJsonObject()) {
        return Optional.empty();
      }
      here = here.getAsJsonObject().get(name);
    }
    return Optional.ofNullable(here);
  }
}
