package io.clusterrecovery.etcd;

import io.clusterrecovery.RemoteHost;
import java.net.URI;
import java.util.Optional;

/**
 * A member that a caller wants.
 *
 * @param replaces the name or id of the failed member whose place it takes, if it takes one
 */
record MemberToAdd(String name, URI peerUrl, RemoteHost host, Optional<String> replaces) {

  boolean isListedAs(EtcdMember member) {
    return member.peerUrls().contains(peerUrl);
  }

  boolean replaces(EtcdMember member) {
    return replaces.filter(member::isCalled).isPresent();
  }
}
