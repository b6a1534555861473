package io.clusterrecovery.k8s;

import io.clusterrecovery.ApiServerLease;
import io.clusterrecovery.Change;
import java.util.List;
import java.util.Optional;

/** What lost API servers kept of themselves in the store: it keeps them among the endpoints. */
final class StoreLeases implements ClusterCheck<Optional<List<ApiServerLease>>> {
  @Override
  public String name() {
    return "api-server-leases";
  }

  @Override
  public Optional<List<ApiServerLease>> observe(KubeApi api, CleanSettings settings) {
    return settings.store().map(store -> store.apiServers());
  }

  @Override
  public Diagnosis judge(Optional<List<ApiServerLease>> facts, CleanSettings settings) {
    if (facts.isEmpty()) {
      return Diagnosis.withoutStore();
    }
    List<Remedy> remedies =
        facts.get().stream()
            .filter(lease -> settings.lostAddress(lease.address()).isPresent())
            .map(lease -> remedy(lease, settings))
            .toList();
    return Diagnosis.curableIfAny(
        "no lease of a lost API server", "%d leases of lost API servers", remedies);
  }

  private static Remedy remedy(ApiServerLease lease, CleanSettings settings) {
    String host = settings.lostAddress(lease.address()).orElseThrow();
    Change change =
        Change.of(
                "forget-api-server/" + lease.address(),
                "delete the lease of the API server in the store",
                lease.key(),
                "of " + host,
                "gone")
            .withoutUndo();
    return new Remedy(change, new ApiWrite.Forget(settings.store().orElseThrow(), lease));
  }
}
