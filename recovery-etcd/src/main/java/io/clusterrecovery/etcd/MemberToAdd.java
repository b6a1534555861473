package io.clusterrecovery.etcd;

import io.clusterrecovery.RemoteHost;
import java.net.URI;
import java.util.Optional;

/**
 * A member that a caller wants.
 *
 * @param replaces the name or id of the failed member whose place it takes, if it takes one
 * @param addedByStarter whether what starts it adds it, too
 */
record MemberToAdd(
    String name, URI peerUrl, RemoteHost host, Optional<String> replaces, boolean addedByStarter) {

  /** One that is added before it is started. */
  MemberToAdd(String name, URI peerUrl, RemoteHost host, Optional<String> replaces) {
    this(name, peerUrl, host, replaces, false);
  }

  MemberToAdd addedBy(MemberStarter starter) {
    return new MemberToAdd(name, peerUrl, host, replaces, starter.addsMember());
  }

  boolean isListedAs(EtcdMember member) {
    return member.peerUrls().contains(peerUrl);
  }

  boolean replaces(EtcdMember member) {
    return replaces.filter(member::isCalled).isPresent();
  }
}
