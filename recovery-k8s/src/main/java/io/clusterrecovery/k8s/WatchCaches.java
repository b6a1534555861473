package io.clusterrecovery.k8s;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An API server whose memory is ahead of the store: it has seen what the restore undid, and so has
 * whoever watches through it.
 */
final class WatchCaches implements ClusterCheck<WatchCaches.Seen> {
  private static final String ANY = "/api/v1/namespaces";

  /** What the API server remembers, asked before the store was. */
  record Seen(OptionalLong remembered, Optional<Long> stored) {}

  @Override
  public String name() {
    return "watch-caches";
  }

  /** Version 0 is answered from memory, without asking the store. */
  @Override
  public Seen observe(KubeApi api, CleanSettings settings) {
    String version =
        Doc.text(api.get(ANY, "resourceVersion", "0").body(), "metadata", "resourceVersion");
    OptionalLong remembered =
        version.matches("\\d{1,18}")
            ? OptionalLong.of(Long.parseLong(version))
            : OptionalLong.empty();
    return new Seen(remembered, settings.store().map(store -> store.revision()));
  }

  @Override
  public Diagnosis judge(Seen facts, CleanSettings settings) {
    if (facts.stored().isEmpty() || facts.remembered().isEmpty()) {
      return Diagnosis.withoutStore();
    }
    return facts.remembered().getAsLong() <= facts.stored().get()
        ? Diagnosis.well("the API server is not ahead of the store")
        : Diagnosis.troubled(
            "the API server remembers a later revision than the store has",
            "restart API servers, controllers, schedulers and kubelets that ran before the restore",
            List.of());
  }
}
