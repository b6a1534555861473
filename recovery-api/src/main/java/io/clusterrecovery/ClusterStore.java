package io.clusterrecovery;

import java.util.List;

/**
 * The port through which a recovery looks at the store below a cluster's API, where a restore
 * leaves what the API itself does not show: etcd by {@code EtcdStore}, or an implementation of the
 * caller's own.
 *
 * <p>Each call is answered by the store as a whole, not by what one member remembers. A store that
 * can't be asked is a {@link RecoveryException}.
 */
public interface ClusterStore {

  /**
   * {@return the store's revision} Anybody who has seen a higher one has seen what the restore
   * undid.
   */
  long revision();

  /** {@return each alarm that is raised, in words, with the member that raised it} */
  List<String> alarms();

  /** {@return what API servers keep of themselves, of those that are gone too} */
  List<ApiServerLease> apiServers();

  /**
   * Deletes what an API server kept of itself.
   *
   * @return whether it was deleted; not if it was renewed since it was read
   */
  boolean forget(ApiServerLease lease);
}
