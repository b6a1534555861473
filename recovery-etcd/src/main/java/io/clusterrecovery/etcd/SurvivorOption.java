package io.clusterrecovery.etcd;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Data that a cluster could be restored from, and what that choice would lose.
 *
 * @param name the member's name, or {@code snapshot}
 * @param what what it is, such as {@code voter} or the file
 * @param commitIndex up to which raft index it holds what was committed
 * @param revision its newest revision
 * @param newest the newest time in it, if any can be read
 * @param revisionsLost by how many revisions another choice is newer; at least, since what the lost
 *     members had is not known
 * @param timeLost how much newer another choice is, where both times can be read
 */
public record SurvivorOption(
    String name,
    String what,
    long commitIndex,
    long revision,
    Optional<Instant> newest,
    long revisionsLost,
    Optional<Duration> timeLost) {

  @Override
  public String toString() {
    return "%s (%s): raft index %d, revision %d%s; %s"
        .formatted(
            name,
            what,
            commitIndex,
            revision,
            newest.map(at -> ", newest time " + at).orElse(""),
            loss());
  }

  private String loss() {
    boolean none = revisionsLost == 0 && timeLost.orElse(Duration.ZERO).isZero();
    return none
        ? "none of these has more"
        : "loses %d revisions%s"
            .formatted(revisionsLost, timeLost.map(t -> ", " + t.toSeconds() + " s").orElse(""));
  }
}
