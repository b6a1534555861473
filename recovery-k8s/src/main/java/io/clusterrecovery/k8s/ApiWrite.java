package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.ApiServerLease;
import io.clusterrecovery.ClusterStore;

/** One write to the API, which the server only takes for the very object that was seen. */
sealed interface ApiWrite {
  /** Makes the write. */
  void on(KubeApi api);

  /** Deletes an object. */
  record Delete(String path, String uid, String version) implements ApiWrite {

    static Delete of(String path, JsonObject seen) {
      return new Delete(
          path, Doc.text(seen, "metadata", "uid"), Doc.text(seen, "metadata", "resourceVersion"));
    }

    @Override
    public void on(KubeApi api) {
      JsonObject preconditions = new JsonObject();
      preconditions.addProperty("uid", uid);
      preconditions.addProperty("resourceVersion", version);
      JsonObject options = new JsonObject();
      options.add("preconditions", preconditions);
      api.delete(path, options);
    }
  }

  /** Replaces an object by a document that carries the version it was read with. */
  record Replace(String path, JsonObject document) implements ApiWrite {
    @Override
    public void on(KubeApi api) {
      api.put(path, document);
    }
  }

  /** Deletes what a lost API server kept of itself, in the store below the API. */
  record Forget(ClusterStore store, ApiServerLease lease) implements ApiWrite {
    @Override
    public void on(KubeApi api) {
      if (!store.forget(lease)) {
        throw new Renewed(lease);
      }
    }
  }

  /** What a lost API server kept of itself has been renewed, so that it is not lost. */
  final class Renewed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Renewed(ApiServerLease lease) {
      super(
          "The API server at "
              + lease.address()
              + " is alive: it has renewed "
              + lease.key()
              + ".");
    }
  }
}
