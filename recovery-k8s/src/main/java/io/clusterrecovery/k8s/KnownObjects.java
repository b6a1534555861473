package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What is wanted of the objects of one kind, by namespace and name. Of others nothing is kept.
 *
 * @param <T> what is made of an object
 */
final class KnownObjects<T> implements ObjectStore {
  private final Function<JsonObject, Optional<T>> reader;
  private Map<String, T> known = new TreeMap<>();

  /** Takes how an object is read; empty is one that is not wanted, or not any more. */
  KnownObjects(Function<JsonObject, Optional<T>> reader) {
    this.reader = reader;
  }

  List<T> all() {
    return List.copyOf(known.values());
  }

  @Override
  public void add(JsonObject object) {
    put(known, object);
  }

  @Override
  public void drop(JsonObject object) {
    known.remove(key(object));
  }

  @Override
  public Renewal renew() {
    Map<String, T> fresh = new TreeMap<>();
    return new Renewal() {
      @Override
      public void add(JsonObject object) {
        put(fresh, object);
      }

      @Override
      public void done() {
        known = fresh;
      }
    };
  }

  private void put(Map<String, T> objects, JsonObject object) {
    Optional<T> read = reader.apply(object);
    if (read.isPresent()) {
      objects.put(key(object), read.get());
    } else {
      objects.remove(key(object));
    }
  }

  private static String key(JsonObject object) {
    return Doc.text(object, "metadata", "namespace") + "/" + Doc.text(object, "metadata", "name");
  }
}
