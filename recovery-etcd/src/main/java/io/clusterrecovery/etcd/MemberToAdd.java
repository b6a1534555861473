package io.clusterrecovery.etcd;

import io.clusterrecovery.RemoteHost;
import java.net.URI;

/** A member that a caller wants. */
record MemberToAdd(String name, URI peerUrl, RemoteHost host) {}
