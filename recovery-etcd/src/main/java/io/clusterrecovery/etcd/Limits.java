package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Limits are checked where they are set: one found wrong in the middle of a restore is too late.
 */
final class Limits {
  private Limits() {}

  static Duration positive(String setter, Duration limit) {
    requireNonNull(limit, setter);
    if (limit.isZero() || limit.isNegative()) {
      throw new IllegalArgumentException(setter + " must be more than zero, was " + limit);
    }
    return limit;
  }
}
