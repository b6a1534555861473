package io.clusterrecovery.k8s;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A configuration of admission webhooks, some of which may have been suspended by a recovery.
 *
 * @param kind mutating or validating
 * @param folder where those of its kind are
 */
record WebhookConfig(String kind, String folder, JsonObject document) {
  private static final String SUSPENDED = "clusterrecovery.io/suspended-webhooks";

  String name() {
    return Doc.text(document, "metadata", "name");
  }

  String path() {
    return folder + "/" + name();
  }

  List<Webhook> webhooks() {
    return Doc.objects(document, "webhooks").stream().map(Webhook::read).toList();
  }

  /** {@return the names of those that a recovery has suspended} */
  Set<String> suspended() {
    String text = Doc.text(document, "metadata", "annotations", SUSPENDED);
    return text.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(text.split(",")));
  }

  /** {@return this with those suspended and those others put back} */
  WebhookConfig with(Set<String> suspend, Set<String> putBack) {
    JsonObject copy = document.deepCopy();
    for (JsonElement each : copy.getAsJsonArray("webhooks")) {
      JsonObject webhook = each.getAsJsonObject();
      String name = Doc.text(webhook, "name");
      if (suspend.contains(name)) {
        webhook.addProperty("failurePolicy", "Ignore");
      } else if (putBack.contains(name)) {
        webhook.addProperty("failurePolicy", "Fail");
      }
    }
    List<String> left = new ArrayList<>(suspended());
    left.removeAll(putBack);
    left.addAll(suspend);
    remember(copy.getAsJsonObject("metadata"), left);
    return new WebhookConfig(kind, folder, copy);
  }

  private static void remember(JsonObject metadata, List<String> names) {
    if (!metadata.has("annotations")) {
      metadata.add("annotations", new JsonObject());
    }
    JsonObject annotations = metadata.getAsJsonObject("annotations");
    if (names.isEmpty()) {
      annotations.remove(SUSPENDED);
    } else {
      annotations.addProperty(SUSPENDED, String.join(",", names));
    }
  }
}
