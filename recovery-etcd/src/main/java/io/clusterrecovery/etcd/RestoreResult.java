package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.RunId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The restored etcd, as it was read back.
 *
 * @param run the run that restored it, by which it can be rolled back
 * @param clusterId the restored cluster's id, in hexadecimal
 * @param member its only voter at that time
 * @param revision its revision when it was verified
 * @param verifiedAt when it was verified; a run that is repeated or resumed gives the first time
 * @param oldMembersSeen members of the old cluster that asked to join within seconds, and were
 *     turned away: they still run and must be stopped; empty as it should be
 * @param before the snapshot of the survivor from before the restore
 * @param after the snapshot of the restored etcd
 * @param changed what was changed by this call; empty if all was as wanted
 */
public record RestoreResult(
    RunId run,
    String clusterId,
    EtcdMember member,
    long revision,
    Instant verifiedAt,
    List<String> oldMembersSeen,
    SafetySnapshot before,
    SafetySnapshot after,
    List<Change> changed) {

  /** Copies the list. */
  public RestoreResult {
    oldMembersSeen = List.copyOf(oldMembersSeen);
    changed = List.copyOf(changed);
  }

  @Override
  public String toString() {
    return "etcd restored in run %s: cluster %s of %s, revision %d, verified at %s%s%s%s%s"
        .formatted(
            run,
            clusterId,
            member,
            revision,
            verifiedAt,
            oldMembersSeen.stream()
                .map(old -> "\n  STILL RUNS, of the old cluster: " + old)
                .collect(Collectors.joining()),
            "\n  snapshot before: " + before,
            "\n  snapshot after: " + after,
            Change.lines(changed));
  }
}
