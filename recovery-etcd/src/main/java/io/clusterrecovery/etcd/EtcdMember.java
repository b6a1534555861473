package io.clusterrecovery.etcd;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

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

  /**
   * {@return this one as a former member: without a vote, and without URLs that others have now}
   */
  EtcdMember formerly(Set<URI> taken) {
    return new EtcdMember(
        id, name, without(peerUrls, taken), without(clientUrls, taken), Role.LEARNER);
  }

  private static List<URI> without(List<URI> urls, Set<URI> taken) {
    return urls.stream().filter(url -> !taken.contains(url)).toList();
  }

  /** {@return whether a caller means it by that name or id} */
  boolean isCalled(String nameOrId) {
    return name.equals(nameOrId) || id.equals(nameOrId);
  }

  /** {@return what a caller calls it: its name, or its id as long as it has none} */
  String callName() {
    return started() ? name : id;
  }

  @Override
  public String toString() {
    return "%s %s (%s) at %s"
        .formatted(
            votes() ? "voter" : "learner",
            started() ? name : "that has not started",
            id,
            peerUrls.stream().map(URI::toString).collect(Collectors.joining(", ")));
  }

  /** {@return its name, or its id if it has none yet} */
  String label() {
    return started() ? name : "unstarted member " + id;
  }
}
