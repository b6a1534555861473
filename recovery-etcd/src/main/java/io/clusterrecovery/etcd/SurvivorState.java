package io.clusterrecovery.etcd;

import java.time.Instant;
import java.util.Optional;

/** How far a host's etcd has come, as it was seen. Immutable. */
public sealed interface SurvivorState {

  /** {@return the name of its member} */
  String name();

  /** Where it is known from. */
  enum Source {
    /** Its etcd told. */
    ETCD,
    /** Its etcd does not answer; its files told. When it starts it may still add from its log. */
    OWN_DATA
  }

  /**
   * It is known.
   *
   * @param name the name of its member
   * @param clusterId the id of its etcd cluster, in hexadecimal as etcd prints it
   * @param identity which Kubernetes cluster it is of, unless that cannot be read
   * @param role whether it votes
   * @param commitIndex up to which raft index it knows entries to be committed
   * @param revision its newest revision
   * @param newest the newest time in its newest revisions, if any can be read
   * @param source where that is known from
   */
  record Known(
      String name,
      String clusterId,
      Optional<ClusterIdentity> identity,
      EtcdMember.Role role,
      long commitIndex,
      long revision,
      Optional<Instant> newest,
      Source source)
      implements SurvivorState {}

  /**
   * It is not known.
   *
   * @param name the name of its member
   * @param why why not, as a sentence without its end
   */
  record Unknown(String name, String why) implements SurvivorState {}
}
