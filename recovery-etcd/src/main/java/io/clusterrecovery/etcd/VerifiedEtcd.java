package io.clusterrecovery.etcd;

import java.time.Instant;

/**
 * A restored etcd that reads and writes, and is a cluster of one.
 *
 * @param member its only member
 * @param revision its revision then
 * @param at when it was verified; a run that is resumed gives the first time
 */
record VerifiedEtcd(String clusterId, EtcdMember member, long revision, Instant at) {}
