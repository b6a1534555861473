package io.clusterrecovery.etcd;

import java.time.Duration;

/**
 * A snapshot that was restored and served in a rehearsal.
 *
 * @param revision the revision that etcd had come to with it: the inspected one, or a later one if
 *     leases ran out meanwhile
 * @param keys how many keys etcd gave at the inspected revision
 * @param took from the upload to the removal of the last trace
 * @param tool what restored it, in the tool's own words, such as {@code etcdutl version: 3.6.16}
 * @param server what served it, likewise, such as {@code etcd Version: 3.6.16}
 */
public record RehearsalResult(long revision, long keys, Duration took, String tool, String server) {

  @Override
  public String toString() {
    return "serves revision %d with %d keys, after %s; restored by %s, served by %s"
        .formatted(revision, keys, took, tool, server);
  }
}
