package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Event;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.clusterrecovery.testkit.AwsCall;
import io.clusterrecovery.testkit.AwsSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Updates that are run in parts, run again, cut off, and taken back. */
class LoadBalancerAgainIT {
  private static final int PORT = 16443;
  private static final String SURVIVOR = "127.0.0.2";
  private static final String LOST = "127.0.0.3";
  private static final String NEW = "127.0.0.5";
  private static final List<String> BEFORE = List.of(SURVIVOR + ":" + PORT, LOST + ":" + PORT);
  private static final List<String> AFTER = List.of(SURVIVOR + ":" + PORT, NEW + ":" + PORT);

  @TempDir Path dir;
  private final Masters masters = new Masters();
  private AwsSimulator aws;
  private ElasticLoadBalancingV2Client elb;

  @BeforeEach
  void start() throws IOException {
    masters.serve(SURVIVOR, PORT);
    aws =
        AwsSimulator.in(dir)
            .target(SURVIVOR)
            .target(LOST)
            .port(PORT)
            .healthInterval(Duration.ofMillis(200))
            .drainDelay(Duration.ofMillis(200))
            .start();
    elb = AwsTestClients.elb(aws.uri());
  }

  @AfterEach
  void stop() throws IOException {
    elb.close();
    aws.close();
    masters.close();
  }

  @Test
  void update_registerOnlyThenWhole_goesOnFromWhatIsRegistered() throws IOException {
    LoadBalancerResult early = wanted().registerOnly().build().update();
    assertThat(early.changed()).extracting(Change::what).containsExactly("register target");
    assertThat(targets()).contains(SURVIVOR + ":" + PORT, LOST + ":" + PORT, NEW + ":" + PORT);

    masters.serve(NEW, PORT);
    LoadBalancerResult whole = wanted().build().update();

    assertThat(whole.changed()).extracting(Change::what).containsExactly("deregister target");
    assertThat(targets()).containsExactlyElementsOf(AFTER);
  }

  @Test
  void update_newTargetFailsBeforeTheOldOneLeft_keepsTheFloor() throws IOException {
    masters.serve(NEW, PORT);
    masters.serve(LOST, PORT);
    LoadBalancerUpdater updater = wanted().floor(2).healthyLimit(Duration.ofSeconds(5)).build();
    RunContext run =
        RunContext.builder()
            .listener(
                event -> {
                  if (event instanceof Event.WaitStarted wait
                      && wait.awaited().endsWith("may leave")) {
                    masters.fail(NEW, PORT);
                    awaitUnhealthy(NEW);
                  }
                })
            .build();

    assertThatThrownBy(() -> run.carryOut(updater))
        .isInstanceOfSatisfying(
            RecoveryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.LAST_HEALTHY_TARGET);
              assertThat(e.found()).contains("fewer than 2 healthy", NEW + ":" + PORT + " is unh");
            });
    assertThat(targets()).contains(SURVIVOR + ":" + PORT, LOST + ":" + PORT);
  }

  @Test
  void update_planAcceptedAndThenChanged_refusesNamingTheDifference() {
    LoadBalancerUpdater updater = wanted().build();
    Plan accepted = updater.plan();
    new ElbSetup(elb, aws).register(aws.internalTargetGroup(), "127.0.0.9", PORT);

    assertThatThrownBy(() -> updater.update(accepted))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("127.0.0.9");
  }

  // Cut off right before and right after each change, then run again with a connection that holds.
  @Test
  void update_cutOffAroundAnyChange_endsTheSameWhenRunAgain() throws IOException {
    masters.serve(NEW, PORT);
    LoadBalancerUpdater updater =
        wanted().healthyLimit(Duration.ofSeconds(3)).drainedLimit(Duration.ofSeconds(3)).build();
    int before = aws.calls().size();
    LoadBalancerResult done = updater.update();
    List<AwsCall> calls = aws.calls().subList(before, aws.calls().size());
    int[] changing =
        IntStream.range(0, calls.size()).filter(i -> calls.get(i).changing()).toArray();
    updater.rollback(done);
    assertThat(changing).hasSize(2);

    int failures = 0;
    for (int through : new int[] {changing[0], changing[0] + 1, changing[1], changing[1] + 1}) {
      aws.faults().cutOffAfter(through);
      failures += fails(updater) ? 1 : 0;
      aws.faults().cutOffAfter(Integer.MAX_VALUE);
      LoadBalancerResult again = updater.update();

      assertThat(targets()).as("cut off after %d calls", through).containsExactlyElementsOf(AFTER);
      assertThat(again.healthy().get(aws.internalTargetGroup())).hasSize(2);
      updater.rollback(done);
    }
    assertThat(failures).isGreaterThanOrEqualTo(2);
  }

  // How often health is looked at differs, so that a later change may come earlier than counted.
  private static boolean fails(LoadBalancerUpdater updater) {
    try {
      updater.update();
      return false;
    } catch (RecoveryException e) {
      return true;
    }
  }

  @Test
  void rollback_updateThatTookALostOneOut_putsItBackOnce() throws IOException {
    masters.serve(NEW, PORT);
    LoadBalancerUpdater updater = wanted().build();
    LoadBalancerResult done = updater.update();

    Plan plan = updater.undoing(done).plan();
    LoadBalancerResult back = updater.rollback(done);
    int before = aws.calls().size();
    LoadBalancerResult again = updater.rollback(done);

    assertThat(plan.changes()).isEqualTo(back.changed());
    assertThat(back.changed())
        .extracting(c -> c.what() + " " + c.on())
        .containsExactly(
            "register target " + LOST + ":" + PORT + " in target group internal",
            "deregister target " + NEW + ":" + PORT + " in target group internal");
    assertThat(targets()).containsExactlyElementsOf(BEFORE);
    assertThat(again.changed()).isEmpty();
    assertThat(aws.calls().stream().skip(before)).noneMatch(AwsCall::changing);
  }

  @Test
  void rollback_nothingWouldBeLeftThatServes_refusesAndNothingIsTouched() throws IOException {
    masters.serve(NEW, PORT);
    LoadBalancerUpdater updater = wanted().build();
    LoadBalancerResult done = updater.update();
    masters.fail(SURVIVOR, PORT);
    awaitUnhealthy(SURVIVOR);

    assertThatThrownBy(() -> updater.rollback(done))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.LAST_HEALTHY_TARGET));
    assertThat(targets()).containsExactlyElementsOf(AFTER);
  }

  private void awaitUnhealthy(String ip) {
    RunContext.standalone()
        .await(
            Wait.named(ip + " is seen to fail", Duration.ofSeconds(30)),
            () -> {
              String plan = wanted().build().plan().toString();
              boolean seen = plan.contains(ip + ":" + PORT + " is unhealthy");
              return seen ? Poll.done(plan) : Poll.notYet(plan);
            });
  }

  private LoadBalancerUpdaterBuilder wanted() {
    return LoadBalancerUpdater.on(elb)
        .targetGroup(aws.internalTargetGroup())
        .targets(SURVIVOR, NEW)
        .leaving(LOST);
  }

  private List<String> targets() {
    return new ElbSetup(elb, aws).targets(aws.internalTargetGroup());
  }
}
