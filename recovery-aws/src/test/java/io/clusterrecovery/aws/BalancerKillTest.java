package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.RecoveryException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** The process is killed before each call in turn, and the update run again. */
class BalancerKillTest {
  private static final String OLD = "10.0.0.3";
  private static final List<String> AFTER = List.of("10.0.0.1:6443", "10.0.0.5:6443");

  @Test
  void update_killedBeforeAnyCallAndRunAgain_endsTheSame() {
    int calls = callsOfAWholeRun();
    assertThat(calls).isGreaterThan(12);

    for (int killedAt = 0; killedAt < calls; killedAt++) {
      FakeElb elb = twoGroups();
      elb.dieAfter(killedAt);
      assertThat(failed(elb)).as("killed at %d", killedAt).isTrue();
      elb.dieAfter(Integer.MAX_VALUE);
      BalancerHistory.run().carryOut(updater(elb));

      assertThat(elb.groups())
          .as("killed at %d", killedAt)
          .allSatisfy(g -> assertThat(g.registered()).isEqualTo(AFTER));
      assertThat(elb.violations()).isEmpty();
    }
  }

  private static int callsOfAWholeRun() {
    FakeElb elb = twoGroups();
    BalancerHistory.run().carryOut(updater(elb));
    return elb.calls();
  }

  private static boolean failed(FakeElb elb) {
    try {
      BalancerHistory.run().carryOut(updater(elb));
      return false;
    } catch (RecoveryException e) {
      return true;
    }
  }

  private static LoadBalancerUpdater updater(FakeElb elb) {
    LoadBalancerUpdaterBuilder builder =
        LoadBalancerUpdater.on(elb).targets("10.0.0.1", "10.0.0.5").leaving(OLD);
    elb.groups().forEach(g -> builder.targetGroup(g.arn()));
    return builder.build();
  }

  private static FakeElb twoGroups() {
    FakeElb elb = new FakeElb(1);
    for (String name : List.of("internal", "external")) {
      elb.group(name).put(Seen.target("10.0.0.1"), TargetHealthStateEnum.HEALTHY);
      elb.group(name).put(Seen.target(OLD), TargetHealthStateEnum.HEALTHY);
    }
    UnaryOperator<TargetHealthStateEnum> next =
        state ->
            switch (state) {
              case INITIAL -> TargetHealthStateEnum.HEALTHY;
              case DRAINING -> TargetHealthStateEnum.UNUSED;
              default -> state;
            };
    elb.world(
        new FakeElb.World() {
          @Override
          public void pass(FakeGroup group) {
            group.change(next);
          }
        });
    return elb;
  }
}
