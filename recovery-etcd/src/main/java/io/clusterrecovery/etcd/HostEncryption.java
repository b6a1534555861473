package io.clusterrecovery.etcd;

import java.util.Set;

/** What the API server on a host can decrypt, seen on the host itself. */
sealed interface HostEncryption {

  /** There is no API server on the host, running or configured. */
  record NoApiServer() implements HostEncryption {}

  /** There is one, without encryption. */
  record None() implements HostEncryption {}

  /** There is a configuration, but it cannot be read. */
  record Unread(String why) implements HostEncryption {}

  /**
   * It was read.
   *
   * @param silent names of the KMS plugins of which nobody listens at the socket
   */
  record Read(String file, EncryptionConfig config, Set<String> silent) implements HostEncryption {
    /** Copies the set. */
    public Read {
      silent = Set.copyOf(silent);
    }
  }
}
