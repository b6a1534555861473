package io.clusterrecovery.k8s;

import java.util.List;
import java.util.Optional;

/** Alarms that a restored store raises: it takes no writes, or has been found damaged. */
final class StoreAlarms implements ClusterCheck<Optional<List<String>>> {

  @Override
  public String name() {
    return "store-alarms";
  }

  @Override
  public Optional<List<String>> observe(KubeApi api, CleanSettings settings) {
    return settings.store().map(store -> store.alarms());
  }

  @Override
  public Diagnosis judge(Optional<List<String>> facts, CleanSettings settings) {
    if (facts.isEmpty()) {
      return Diagnosis.withoutStore();
    }
    return facts.get().isEmpty()
        ? Diagnosis.well("no alarm")
        : Diagnosis.troubled(
            "the store raises alarms",
            "NOSPACE: make room (compact, defragment), then disarm it; CORRUPT: replace that member",
            facts.get());
  }
}
