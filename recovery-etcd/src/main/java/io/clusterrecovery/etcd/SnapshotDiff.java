package io.clusterrecovery.etcd;

import java.util.List;

/**
 * What became of the objects between two databases: what would be lost if one went back from the
 * second to the first.
 *
 * @param from the first database
 * @param to the second
 * @param kinds how many objects of each kind differ, by kind; all of them are counted
 * @param objects each of them by name, by kind and name; no more than {@value #MOST_NAMED}
 */
public record SnapshotDiff(
    Snapshot from, Snapshot to, List<KindChanges> kinds, List<ObjectChange> objects) {

  /** How many objects are named at most; memory is bounded by it. */
  public static final int MOST_NAMED = 10_000;

  /** Copies the lists. */
  public SnapshotDiff {
    kinds = List.copyOf(kinds);
    objects = List.copyOf(objects);
  }

  /** {@return whether every key has the same content in both} */
  public boolean isEmpty() {
    return kinds.isEmpty();
  }

  /** {@return how many objects differ beyond those that are named} */
  public long unnamed() {
    long all = kinds.stream().mapToLong(k -> k.created() + k.changed() + k.deleted()).sum();
    return all - objects.size();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(
        "from revision %d to %d".formatted(from.contents().revision(), to.contents().revision()));
    kinds.forEach(kind -> text.append("\n  ").append(kind));
    objects.forEach(object -> text.append("\n    ").append(object));
    if (unnamed() > 0) {
      text.append("\n    and %d more".formatted(unnamed()));
    }
    return text.toString();
  }
}
