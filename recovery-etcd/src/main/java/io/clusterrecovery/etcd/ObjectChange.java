package io.clusterrecovery.etcd;

/**
 * An object that differs between two databases.
 *
 * @param kind what kind it is of, as its key says: {@code configmaps}, {@code nodes}, {@code
 *     widgets.example.com}
 * @param name its name, after its namespace if it has one: {@code kube-system/coredns}
 * @param what how it differs
 */
public record ObjectChange(String kind, String name, What what) {

  /** How an object differs. */
  public enum What {
    /** It is only in the second database. */
    CREATED,
    /** It is in both, with other content. */
    CHANGED,
    /** It is only in the first. */
    DELETED
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(what.name().toLowerCase(java.util.Locale.ROOT), kind, name);
  }
}
