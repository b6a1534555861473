package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Generated histories: health goes up and down, calls are throttled and lost, somebody else
 * registers targets, the process is killed, all between any two looks. A seed that fails is shown,
 * and fails again.
 */
class FloorPropertyTest {
  private static final int HISTORIES = 1_000;

  @Test
  void update_anyHistory_neverTakesAGroupBelowItsFloor() {
    LongStream.range(0, HISTORIES).forEach(FloorPropertyTest::updateAndGoOn);
  }

  @Test
  void rollback_anyHistory_neverTakesAGroupBelowItsFloor() {
    LongStream.range(HISTORIES, HISTORIES + HISTORIES / 2).forEach(FloorPropertyTest::rollBack);
  }

  private static void updateAndGoOn(long seed) {
    BalancerHistory history = new BalancerHistory(seed);
    history.dieSometime();
    carriedOut(history.updater(false));
    require(history, seed);
    history.elb().dieAfter(Integer.MAX_VALUE);
    carriedOut(history.updater(true));
    require(history, seed);
    history.calm();

    LoadBalancerUpdater updater = history.updater(true);
    BalancerHistory.run().carryOut(updater);

    require(history, seed);
    requireAsWanted(history, seed);
    history.elb().changing().clear();
    assertThat(BalancerHistory.run().carryOut(updater).changed()).as("seed %d", seed).isEmpty();
    assertThat(history.elb().changing()).as("seed %d", seed).isEmpty();
  }

  private static void rollBack(long seed) {
    BalancerHistory history = new BalancerHistory(seed);
    List<List<String>> before = history.elb().groups().stream().map(FakeGroup::registered).toList();
    LoadBalancerUpdater updater = history.updater(true);
    Optional<LoadBalancerResult> done = carriedOut(updater);
    if (done.isEmpty()) {
      return;
    }
    RecoveryStep<LoadBalancerResult> rollback = updater.undoing(done.get());
    history.dieSometime();
    carriedOut(rollback);
    require(history, seed);
    history.calm();

    if (carriedOut(rollback).isPresent()) {
      assertThat(history.elb().groups())
          .as("seed %d", seed)
          .extracting(g -> g.registered().stream().filter(t -> !t.startsWith("10.9.")).toList())
          .containsExactlyElementsOf(before);
    }
    require(history, seed);
  }

  private static <R> Optional<R> carriedOut(RecoveryStep<R> step) {
    try {
      return Optional.of(BalancerHistory.run().carryOut(step));
    } catch (RecoveryException e) {
      return Optional.empty();
    }
  }

  private static void require(BalancerHistory history, long seed) {
    assertThat(history.elb().violations()).as("seed %d", seed).isEmpty();
  }

  private static void requireAsWanted(BalancerHistory history, long seed) {
    assertThat(history.elb().groups())
        .as("seed %d", seed)
        .allSatisfy(group -> assertThat(group.registered()).isEqualTo(history.wantedTargets()));
  }
}
