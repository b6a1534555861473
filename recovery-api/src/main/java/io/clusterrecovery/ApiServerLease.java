package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

/**
 * What an API server keeps of itself in the store below it, for as long as it renews that.
 *
 * @param address the API server's address, as it goes into the endpoints of the service {@code
 *     kubernetes}
 * @param key where it lies in the store
 * @param version changes each time it is renewed
 */
public record ApiServerLease(String address, String key, long version) {
  /** Checks for null. */
  public ApiServerLease {
    requireNonNull(address, "address");
    requireNonNull(key, "key");
  }
}
