package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.TimedOutException;
import io.clusterrecovery.etcd.LearnerSteps.Standing;

/**
 * What becomes of a member whose growth has failed. A learner that may never come is not left
 * behind; but a voter is never stopped, and neither is one that may be a voter: of two voters, both
 * are needed.
 */
final class GrowthUndo {
  private final EtcdCluster cluster;
  private final MemberGrowth growth;
  private final LearnerSteps learner;
  private final RunContext run;

  GrowthUndo(EtcdCluster cluster, MemberGrowth growth, LearnerSteps learner, RunContext run) {
    this.cluster = cluster;
    this.growth = growth;
    this.learner = learner;
    this.run = run;
  }

  /** What has become of the member. */
  enum Ended {
    /** It votes all the same: only the answer was lost. */
    VOTES,
    /** The cluster does not list it any more, and its etcd is stopped. */
    UNDONE
  }

  /** Ends what adds the member by itself: while it runs, no list tells what will become of it. */
  void endStarter(RecoveryException failure) {
    try {
      growth.start().ending().ifPresent(ending -> run.change(ending, growth.start()::end));
    } catch (RecoveryException e) {
      throw failed(
          failure,
          "Whether %s is still at work is not known, so nothing was undone: %s"
              .formatted(growth.start(), sentence(e)),
          "It may add %s yet. When %s can be reached, run the step again; it goes on from there."
              .formatted(name(), host()),
          e);
    }
  }

  /** Ends a growth that failed; throws a failure that says more if that cannot be done. */
  Ended after(RecoveryException failure) {
    if (standing(failure) == Standing.VOTER) {
      run.change(growth.vote(), () -> run.line(name() + " votes: only the answer was lost."));
      return Ended.VOTES;
    }
    run.change(
        growth.undo(),
        () -> {
          remove(failure);
          stop(failure);
        });
    return Ended.UNDONE;
  }

  private Standing standing(RecoveryException failure) {
    try {
      return learner.proven();
    } catch (RecoveryException e) {
      throw failed(
          failure,
          "Whether %s votes by now is not known, so nothing was undone: %s"
              .formatted(name(), sentence(e)),
          "Do not stop etcd on %s: it may count for quorum. Look at the member list of %s and at the logs of etcd; once reads succeed, run the step again."
              .formatted(host(), cluster),
          e);
    }
  }

  private void remove(RecoveryException failure) {
    try {
      learner.remove();
    } catch (RecoveryException e) {
      throw failed(
          failure,
          "Undoing the add of %s failed as well: %s".formatted(name(), sentence(e)),
          "Look at the member list of %s and at etcd on %s, then run the step again; it goes on from what is there."
              .formatted(cluster, host()),
          e);
    }
  }

  /** Only a member that the cluster is proven not to list any more may be stopped. */
  private void stop(RecoveryException failure) {
    try {
      growth.start().undo();
    } catch (RecoveryException e) {
      throw failed(
          failure,
          "The cluster does not list %s any more, but its etcd could not be stopped and its data not moved aside: %s"
              .formatted(name(), sentence(e)),
          "The cluster is as it was before. When %s can be reached, run the step again: its data is known to be old then."
              .formatted(host()),
          e);
    }
  }

  private RecoveryException failed(
      RecoveryException failure, String besides, String next, RecoveryException second) {
    Code code = second.code() == Code.INTERRUPTED ? Code.INTERRUPTED : failure.code();
    RecoveryException both = run.failure(code, sentence(failure) + " " + besides, next, failure);
    both.addSuppressed(second);
    return both;
  }

  private static String sentence(RecoveryException e) {
    String found =
        e instanceof TimedOutException t
            ? "It took too long: %s; last seen: %s".formatted(t.waitingFor(), t.found())
            : e.found();
    return found.endsWith(".") ? found : found + ".";
  }

  private String name() {
    return growth.add().name();
  }

  private String host() {
    return growth.add().host().name();
  }
}
