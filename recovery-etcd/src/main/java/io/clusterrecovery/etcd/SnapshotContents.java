package io.clusterrecovery.etcd;

import java.util.List;
import java.util.Optional;

/**
 * What the database of a snapshot holds, read from its buckets.
 *
 * @param databaseSize the bytes that its pages take, as {@code etcdutl snapshot status} gives them
 * @param hash the CRC-32C over names of buckets, keys and values, likewise; in lower-case
 *     hexadecimal without leading zeros
 * @param revision the newest revision in it, likewise
 * @param keys how many keys are there at that revision, likewise
 * @param compactedRevision up to which revision the history was or is being dropped; 0 if never
 * @param raised whether its revisions were raised once, which leaves a key without a name: {@code
 *     etcdutl snapshot restore --bump-revision} stores a revision with nothing in it
 * @param consistentIndex the raft index up to which it was applied
 * @param term the raft term of that; 0 before etcd 3.5
 * @param storageVersion the version of its format, such as {@code 3.6.0}; empty before etcd 3.6
 * @param clusterVersion the cluster's version, such as {@code 3.5.0}; empty if none was stored
 * @param members the members of the cluster it was taken from, as it names them
 * @param removedMembers the ids of former members, in hexadecimal
 * @param alarms alarms that are raised, such as {@code NOSPACE of 8e9e05c52164694d}
 * @param kubernetes what an API server has stored in it
 */
public record SnapshotContents(
    long databaseSize,
    String hash,
    long revision,
    long keys,
    long compactedRevision,
    boolean raised,
    long consistentIndex,
    long term,
    Optional<String> storageVersion,
    Optional<String> clusterVersion,
    List<EtcdMember> members,
    List<String> removedMembers,
    List<String> alarms,
    KubernetesContents kubernetes) {

  /** Copies the lists. */
  public SnapshotContents {
    members = List.copyOf(members);
    removedMembers = List.copyOf(removedMembers);
    alarms = List.copyOf(alarms);
  }

  /**
   * {@return how many keys an etcd gives that serves it: the one without a name cannot be asked
   * for}
   */
  long servedKeys() {
    return raised ? keys - 1 : keys;
  }
}
