package io.clusterrecovery.etcd;

import java.util.List;

/**
 * Kind and name of an object, taken from its key: an API server stores it at {@code
 * PREFIX/KIND/[NAMESPACE/]NAME}, with the API group before the kind if its name has a dot ({@code
 * apiserver/pkg/registry/generic/registry/store.go}, and the storage of each kind).
 */
record ObjectKey(String kind, String name) {
  private static final String ANY_OTHER = "keys";

  /**
   * Reads a key.
   *
   * @param prefix where the API server keeps its objects, if that is known; else what comes before
   *     the second slash is taken for it
   */
  static ObjectKey of(String key, String prefix) {
    List<String> parts = List.of(withoutPrefix(key, prefix).split("/", -1));
    if (parts.size() < 2) {
      return new ObjectKey(ANY_OTHER, key);
    }
    String first = parts.get(0);
    if (parts.size() > 2 && first.contains(".")) {
      return new ObjectKey(parts.get(1) + "." + first, joined(parts, 2));
    }
    if (parts.size() > 2 && first.equals("services")) {
      String kind = parts.get(1).equals("endpoints") ? "endpoints" : "services";
      return new ObjectKey(kind, joined(parts, 2));
    }
    return new ObjectKey(first.equals("minions") ? "nodes" : first, joined(parts, 1));
  }

  private static String withoutPrefix(String key, String prefix) {
    if (!prefix.isEmpty() && key.startsWith(prefix + "/")) {
      return key.substring(prefix.length() + 1);
    }
    int second = key.indexOf('/', 1);
    return key.startsWith("/") && second > 0 ? key.substring(second + 1) : "";
  }

  private static String joined(List<String> parts, int from) {
    return String.join("/", parts.subList(from, parts.size()));
  }
}
