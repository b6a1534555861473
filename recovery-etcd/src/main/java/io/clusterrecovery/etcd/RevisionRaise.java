package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;

/**
 * By how much a restore raises revisions, so that no watcher ever sees one go backwards: a pure
 * function of every revision that was seen.
 *
 * <p>What the dead leader had last cannot be known, so a billion is added to the highest of them,
 * as etcd's own documentation proposes for a restore. The raft index says nothing of revisions: it
 * starts again with each restore.
 *
 * @param snapshot the snapshot's own revision
 * @param highest the highest revision seen anywhere
 */
record RevisionRaise(long snapshot, long highest) {
  private static final long UNSEEN = 1_000_000_000L;

  /**
   * {@return the raise for what was seen}
   *
   * @param members the highest revision that a member reports or the survivor's data has, 0 if none
   * @param caller the last resource version that the caller knows of, 0 if none
   */
  static RevisionRaise of(Snapshot snapshot, long members, long caller) {
    long own = snapshot.contents().revision();
    return new RevisionRaise(own, Math.max(own, Math.max(members, caller)));
  }

  /** {@return what is added to the snapshot's revision} */
  long bump() {
    return highest - snapshot + UNSEEN;
  }

  /** A note: a survivor that starts anew may still be applying its log. */
  void describe(Plan.Builder plan) {
    plan.note(
        "Revisions: the snapshot has %d, the highest seen is %d, and those of the restored etcd"
                .formatted(snapshot, highest)
            + " begin at %d where the tool can raise them.".formatted(snapshot + bump()));
  }
}
