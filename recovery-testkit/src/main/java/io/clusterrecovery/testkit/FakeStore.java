package io.clusterrecovery.testkit;

import io.clusterrecovery.ApiServerLease;
import io.clusterrecovery.ClusterStore;
import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import java.util.ArrayList;
import java.util.List;

/** A cluster's store in memory, at first without alarms and leases. Thread-safe. */
public final class FakeStore implements ClusterStore {
  private static final String LEASES = "/registry/masterleases/";

  private final List<ApiServerLease> leases = new ArrayList<>();
  private final List<String> alarms = new ArrayList<>();
  private long revision = Long.MAX_VALUE;
  private long version;
  private boolean silent;

  /**
   * Sets its revision.
   *
   * @param value as high as can be unless set, so that nobody has seen a higher one
   * @return this store
   */
  public synchronized FakeStore revision(long value) {
    revision = value;
    return this;
  }

  /**
   * Raises an alarm.
   *
   * @return this store
   */
  public synchronized FakeStore alarm(String words) {
    alarms.add(words);
    return this;
  }

  /**
   * An API server of that address renews what it keeps of itself, or keeps it for the first time.
   *
   * @return what it keeps now
   */
  public synchronized ApiServerLease renewed(String address) {
    ApiServerLease lease = new ApiServerLease(address, LEASES + address, ++version);
    leases.removeIf(held -> held.address().equals(address));
    leases.add(lease);
    return lease;
  }

  /**
   * Says whether it gives no answer from now on.
   *
   * @return this store
   */
  public synchronized FakeStore silent(boolean now) {
    silent = now;
    return this;
  }

  @Override
  public synchronized long revision() {
    requireAnswer();
    return revision;
  }

  @Override
  public synchronized List<String> alarms() {
    requireAnswer();
    return List.copyOf(alarms);
  }

  @Override
  public synchronized List<ApiServerLease> apiServers() {
    requireAnswer();
    return List.copyOf(leases);
  }

  @Override
  public synchronized boolean forget(ApiServerLease lease) {
    requireAnswer();
    return leases.remove(lease);
  }

  private void requireAnswer() {
    if (silent) {
      throw new RefusedException(
          new Refusal(Code.ETCD_UNREACHABLE, "The fake store is silent.", "Let it speak."), null);
    }
  }

  /** {@return what it holds} */
  @Override
  public synchronized String toString() {
    return "fake store with the leases " + leases + " and the alarms " + alarms;
  }
}
