package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads all objects of one kind, a page at a time. */
final class Pages {
  private static final String PAGE = "500";

  private Pages() {}

  /** {@return all of them} */
  static List<JsonObject> all(KubeApi api, String path) {
    List<JsonObject> all = new ArrayList<>();
    each(api, path, all::add);
    return all;
  }

  /** Hands each of them over; gives the version of the whole list. */
  static String each(KubeApi api, String path, Consumer<JsonObject> taker) {
    JsonObject page;
    String next = "";
    do {
      page = api.get(path, "limit", PAGE, "continue", next).body();
      Doc.objects(page, "items").forEach(taker);
      next = Doc.text(page, "metadata", "continue");
    } while (!next.isEmpty());
    return Doc.text(page, "metadata", "resourceVersion");
  }
}
