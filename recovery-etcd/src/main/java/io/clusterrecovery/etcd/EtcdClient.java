package io.clusterrecovery.etcd;

import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One endpoint of etcd, asked with a limit on every call. Failures are {@link EtcdCallException}s,
 * which say nothing about the step: the operations translate them.
 */
interface EtcdClient extends AutoCloseable {

  URI endpoint();

  /** What this member itself reports; answered without quorum. */
  EndpointStatus status();

  /** The members as this endpoint knows them; answered without quorum. */
  List<EtcdMember> members();

  /** A read that only succeeds with quorum. */
  void linearizableRead();

  /** Writes, reads and deletes a key of our own, which only succeeds with quorum. */
  void writeTest(String key);

  /**
   * Writes a snapshot of this member's own data, with a checksum at its end; given without quorum.
   *
   * @param stalled after how long without a byte it is given up
   */
  void saveSnapshot(OutputStream to, Duration stalled);

  /** The keys that were written or deleted after that revision; answered with quorum only. */
  Set<String> writtenSince(long revision);

  /** How many keys there are at that revision; answered with quorum only. */
  long keysAt(long revision);

  /** The alarms that are raised, each with its member's id; answered with quorum only. */
  List<String> alarms();

  /** The keys that begin so, with the revision at which each was written last; with quorum only. */
  Map<String, Long> keysBelow(String prefix);

  /** Deletes the key if it was written last at that revision; whether it was. */
  boolean deleteUnchanged(String key, long revision);

  /** Adds a member and gives its id; etcd before 3.4 has no learners and adds a voter always. */
  String add(URI peerUrl, EtcdMember.Role role);

  /** Makes a learner a voter. */
  void promote(String memberId);

  /** Removes a member. */
  void remove(String memberId);

  @Override
  void close();

  /**
   * What an endpoint reports of itself.
   *
   * @param leader the leader's id, or "0" if it knows none
   * @param databaseBytes how large its database is
   */
  record EndpointStatus(
      String clusterId,
      String memberId,
      String leader,
      long raftIndex,
      long revision,
      String version,
      EtcdMember.Role role,
      long databaseBytes) {
    boolean seesLeader() {
      return !leader.equals("0");
    }
  }
}
