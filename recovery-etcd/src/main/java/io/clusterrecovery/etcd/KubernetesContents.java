package io.clusterrecovery.etcd;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an API server has stored in a database.
 *
 * @param identity which cluster it is of; empty if there is no namespace {@code kube-system}, or
 *     none that can be read since it is encrypted
 * @param newest the newest time that an API server has written into the metadata of an object (when
 *     it was created, or a field of it changed): until then the database has followed the cluster,
 *     by the API server's clock, to the second. Times that others write, such as a lease's {@code
 *     renewTime}, do not count. Empty if no such time can be read
 * @param encryption how its encrypted objects, and its Secrets, are stored
 */
public record KubernetesContents(
    Optional<ClusterIdentity> identity, Optional<Instant> newest, List<EncryptedBy> encryption) {

  /** Copies the list. */
  public KubernetesContents {
    encryption = List.copyOf(encryption);
  }
}
