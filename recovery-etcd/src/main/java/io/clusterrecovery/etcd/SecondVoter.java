package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.MemberExpander.ExpansionSettings;
import java.util.List;
import java.util.function.Supplier;

/**
 * A second voter, added by what starts it, whose start has failed: of two voters both are needed to
 * remove one, so the add cannot be undone, and its etcd is started again.
 */
record SecondVoter(
    ExpansionSettings settings, MemberGrowth growth, LearnerSteps steps, RunContext run) {
  private static final int STARTS = 2;

  /**
   * Starts it again, as long as it may help.
   *
   * @return whether it votes; not if it is no second voter that never started, which can be undone
   * @throws RecoveryException if it does not start
   */
  boolean votesAfter(RecoveryException failure, Supplier<List<String>> initialCluster) {
    if (!growth.add().addedByStarter() || steps.neededBeforeItStarts().isEmpty()) {
      return false;
    }
    RecoveryException last = failure;
    for (int start = 1; start <= STARTS; start++) {
      run.line(last.found() + " It is started again, since quorum needs it.");
      try {
        run.change(again(), () -> startAndAwait(initialCluster.get()));
        return true;
      } catch (RecoveryException e) {
        last = e;
      }
      if (last.code() == Code.INTERRUPTED) {
        throw last;
      }
    }
    throw hopeless(last);
  }

  private void startAndAwait(List<String> initialCluster) {
    growth.start().start(initialCluster);
    new GrowthWatch(settings, growth, steps, run).untilVote(settings.syncLimit());
  }

  private RecoveryException hopeless(RecoveryException failure) {
    return run.failure(
        failure.code(),
        "%s It counts for quorum, and of 2 voters both are needed, so it cannot be removed either."
            .formatted(failure.found()),
        "Bring etcd up on %s, then run the step again; or restore the survivor anew with QuorumRestorer, which is a plan of its own: %s was never part of what is restored then."
            .formatted(growth.add().host().name(), growth.add().name()),
        failure);
  }

  private Change again() {
    return Change.of(
        "grow/start-again/" + growth.add().name(),
        "start etcd again on " + growth.add().host().name(),
        growth.add().name(),
        "not running",
        "running");
  }
}
