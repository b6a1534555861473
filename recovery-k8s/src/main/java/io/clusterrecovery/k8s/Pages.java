package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads all objects of one kind, a page at a time. */
final class Pages {
  private static final String PAGE = "500";

  private Pages() {}

  /** {@return them; none where the cluster knows no such kind} */
  static List<JsonObject> all(KubeApi api, String path) {
    List<JsonObject> all = new ArrayList<>();
    String next = "";
    do {
      JsonObject page = api.get(path, "limit", PAGE, "continue", next).body();
      all.addAll(Doc.objects(page, "items"));
      next = Doc.text(page, "metadata", "continue");
    } while (!next.isEmpty());
    return all;
  }
}
