package io.clusterrecovery.etcd;

/**
 * How many objects of a kind differ between two databases.
 *
 * @param kind as in {@link ObjectChange#kind()}
 * @param created how many are only in the second
 * @param changed how many are in both, with other content
 * @param deleted how many are only in the first
 */
public record KindChanges(String kind, long created, long changed, long deleted) {

  KindChanges plus(ObjectChange.What what) {
    return switch (what) {
      case CREATED -> new KindChanges(kind, created + 1, changed, deleted);
      case CHANGED -> new KindChanges(kind, created, changed + 1, deleted);
      case DELETED -> new KindChanges(kind, created, changed, deleted + 1);
    };
  }

  @Override
  public String toString() {
    return "%s: %d created, %d changed, %d deleted".formatted(kind, created, changed, deleted);
  }
}
