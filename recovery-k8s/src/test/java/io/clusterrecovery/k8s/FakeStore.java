package io.clusterrecovery.k8s;

import io.clusterrecovery.ApiServerLease;
import io.clusterrecovery.ClusterStore;
import java.util.ArrayList;
import java.util.List;

/** A store in memory. */
final class FakeStore implements ClusterStore {
  final List<ApiServerLease> leases = new ArrayList<>();
  long revision = Long.MAX_VALUE;

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public List<String> alarms() {
    return List.of();
  }

  @Override
  public List<ApiServerLease> apiServers() {
    return List.copyOf(leases);
  }

  @Override
  public boolean forget(ApiServerLease lease) {
    return leases.remove(lease);
  }
}
