package io.clusterrecovery.etcd;

/**
 * Which Kubernetes cluster a database is of: the UID of its namespace {@code kube-system}, which is
 * made once with the cluster and never again.
 *
 * @param prefix where the API server keeps its objects, such as {@code /registry} or {@code
 *     /kubernetes.io}
 * @param uid the namespace's UID
 */
public record ClusterIdentity(String prefix, String uid) {

  @Override
  public String toString() {
    return uid + " below " + prefix;
  }
}
