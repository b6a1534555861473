package io.clusterrecovery.aws;

import java.util.List;

/**
 * Decides who may leave a group at one moment, so that it never has fewer healthy targets than its
 * floor by our doing: those that do not serve together, those that serve one at a time, each on a
 * look of its own.
 *
 * @param floor how many healthy targets stay
 */
record Departures(int floor) {
  // As many as the service controller of the AWS cloud provider names in one request.
  private static final int BATCH = 100;

  /**
   * {@return those that may leave now; empty if none is left to leave, or none may}
   *
   * @param now the group as it is, without those that have left already
   * @param leaving who shall leave in the end
   */
  List<TargetSeen> next(TargetList now, List<Target> leaving) {
    List<TargetSeen> present = now.registeredAmong(leaving);
    List<TargetSeen> idle = present.stream().filter(t -> !t.healthy()).limit(BATCH).toList();
    List<TargetSeen> batch = idle.isEmpty() ? present.stream().limit(1).toList() : idle;
    return keptWithout(now, batch) ? batch : List.of();
  }

  private boolean keptWithout(TargetList now, List<TargetSeen> batch) {
    List<Target> gone = batch.stream().map(TargetSeen::target).toList();
    return now.healthy().stream().filter(t -> !gone.contains(t)).count() >= floor;
  }
}
