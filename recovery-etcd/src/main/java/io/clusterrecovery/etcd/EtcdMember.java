package io.clusterrecovery.etcd;

import java.net.URI;
import java.util.List;

/**
 * A member as a cluster lists it.
 *
 * @param id its id, in hexadecimal without leading zeros, as etcd prints it
 * @param name its name; empty as long as it has never started
 * @param peerUrls where other members reach it
 * @param clientUrls where clients reach it; empty as long as it has never started
 * @param role whether it votes
 */
public record EtcdMember(
    String id, String name, List<URI> peerUrls, List<URI> clientUrls, Role role) {

  /** Whether a member votes. */
  public enum Role {
    /** It counts for quorum. */
    VOTER,
    /** It receives the data and does not count for quorum. */
    LEARNER
  }

  /** Copies the lists. */
  public EtcdMember {
    peerUrls = List.copyOf(peerUrls);
    clientUrls = List.copyOf(clientUrls);
  }

  /** {@return whether it has ever started} */
  public boolean started() {
    return !name.isEmpty();
  }

  /** {@return whether it counts for quorum} */
  public boolean votes() {
    return role == Role.VOTER;
  }

  /** This member, not counting for quorum. */
  EtcdMember withoutVote() {
    return new EtcdMember(id, name, peerUrls, clientUrls, Role.LEARNER);
  }

  /** {@return its name, or its id if it has none yet} */
  String label() {
    return started() ? name : "unstarted member " + id;
  }
}
