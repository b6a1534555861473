package io.clusterrecovery.k8s;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A role of the documentation, as it is or with something taken out of it.
 *
 * @param without what was taken out; "" for nothing
 * @param lacking the first kind of object that it says less about; "" for none
 */
record DocumentedRole(JsonObject role, String without, String lacking) {
  private static final List<String> PARTS = List.of("verbs", "resources", "resourceNames");

  static DocumentedRole of(String file) {
    try {
      Object role = Yaml.load(Path.of("..", "docs", file).toFile());
      return new DocumentedRole(
          JsonParser.parseString(JSON.serialize(role)).getAsJsonObject(), "", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return for each word in each of its rules, the role without that word} */
  List<DocumentedRole> lesser() {
    List<DocumentedRole> lesser = new ArrayList<>();
    JsonArray rules = role.getAsJsonArray("rules");
    for (int rule = 0; rule < rules.size(); rule++) {
      for (String part : PARTS) {
        for (String word : Doc.texts(rules.get(rule), part)) {
          lesser.add(without(rule, part, word));
        }
      }
    }
    return lesser;
  }

  String name() {
    return Doc.text(role, "metadata", "name");
  }

  private DocumentedRole without(int index, String part, String word) {
    JsonObject copy = role.deepCopy();
    JsonArray rules = copy.getAsJsonArray("rules");
    JsonObject rule = rules.get(index).getAsJsonObject();
    List<String> resources = Doc.texts(rule, "resources");
    JsonArray left = new JsonArray();
    for (JsonElement each : rule.getAsJsonArray(part)) {
      if (!each.getAsString().equals(word)) {
        left.add(each);
      }
    }
    // An empty list of names would mean all of them.
    if (left.isEmpty()) {
      rules.remove(index);
    } else {
      rule.add(part, left);
    }
    String kind = part.equals("resources") ? word : resources.get(0);
    return new DocumentedRole(copy, word + " of " + String.join(",", resources), kind);
  }

  @Override
  public String toString() {
    return name() + (without.isEmpty() ? "" : " without " + without);
  }
}
