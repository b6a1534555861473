package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.RunId;
import java.util.List;

/**
 * A restore that was rolled back.
 *
 * @param undone the run of that restore
 * @param changed what was changed by this call; empty if it had been rolled back before
 */
public record RollbackResult(RunId undone, List<Change> changed) {

  /** Copies the list. */
  public RollbackResult {
    changed = List.copyOf(changed);
  }

  @Override
  public String toString() {
    return "restore of run %s taken back%s".formatted(undone, Change.lines(changed));
  }
}
