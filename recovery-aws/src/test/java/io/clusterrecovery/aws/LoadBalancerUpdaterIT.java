package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Event;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import io.clusterrecovery.testkit.AwsSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

class LoadBalancerUpdaterIT {
  private static final int PORT = 16443;
  private static final String SURVIVOR = "127.0.0.2";
  private static final String LOST = "127.0.0.3";
  private static final String NEW = "127.0.0.5";

  @TempDir Path dir;
  private final Masters masters = new Masters();
  private AwsSimulator aws;
  private ElasticLoadBalancingV2Client elb;

  @BeforeEach
  void start() throws IOException {
    masters.serve(SURVIVOR, PORT);
    startDrainingFor(Duration.ofMillis(500));
  }

  @AfterEach
  void stop() throws IOException {
    elb.close();
    aws.close();
    masters.close();
  }

  @Test
  void update_unknownGroup_refusesAndNothingIsTouched() {
    String unknown = aws.internalTargetGroup() + "0";
    LoadBalancerUpdater updater =
        LoadBalancerUpdater.on(elb)
            .targetGroup(aws.internalTargetGroup())
            .targetGroup(unknown)
            .targets(NEW)
            .build();

    assertThat(updater.plan().refusals()).extracting("code").contains(Code.TARGET_GROUP_UNKNOWN);
    assertThatThrownBy(updater::update)
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(unknown);
    assertThat(targets()).containsExactlyInAnyOrder(SURVIVOR + ":" + PORT, LOST + ":" + PORT);
  }

  @Test
  void update_endpointNeverAnswers_refusesWithinItsLimit() {
    aws.faults().silent(true);
    long start = System.nanoTime();
    LoadBalancerUpdater updater = wanted(b -> b.callLimit(Duration.ofSeconds(2)));

    assertThatThrownBy(updater::update)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.CLOUD_UNREACHABLE));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void update_newTargetServes_replacesTheLostInBothGroupsOnce() throws IOException {
    masters.serve(NEW, PORT);
    LoadBalancerUpdater updater = wanted(b -> b.targetGroup(aws.externalTargetGroup()));

    LoadBalancerResult first = updater.update();
    LoadBalancerResult second = updater.update();

    assertThat(first.changed())
        .extracting(Change::what)
        .containsExactly(
            "register target", "register target", "deregister target", "deregister target");
    assertThat(first.healthy().get(aws.externalTargetGroup()))
        .containsExactlyInAnyOrder(new Target(SURVIVOR, PORT), new Target(NEW, PORT));
    assertThat(second.changed()).isEmpty();
    assertThat(updater.plan().satisfied()).isTrue();
    assertThat(targets()).containsExactlyInAnyOrder(SURVIVOR + ":" + PORT, NEW + ":" + PORT);
  }

  @Test
  void update_newTargetNeverHealthy_leavesOldOnesInAndNamesTheReason() {
    LoadBalancerUpdater updater = wanted(b -> b.healthyLimit(Duration.ofSeconds(3)));

    assertThatThrownBy(updater::update)
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.TARGET_UNHEALTHY);
              assertThat(e.found()).contains(NEW + ":" + PORT, "Target.FailedHealthChecks");
              assertThat(e.changed()).extracting(Change::what).containsExactly("register target");
            });
    assertThat(targets()).contains(SURVIVOR + ":" + PORT, LOST + ":" + PORT);
  }

  @Test
  void update_newTargetStillChecked_timesOutWithOldOnesIn() {
    LoadBalancerUpdater updater = wanted(b -> b.healthyLimit(Duration.ofMillis(1)));

    assertThatThrownBy(updater::update)
        .isInstanceOfSatisfying(
            TimedOutException.class,
            e -> assertThat(e.found()).contains(NEW + ":" + PORT + " is initial (Elb."));
    assertThat(targets()).contains(SURVIVOR + ":" + PORT, LOST + ":" + PORT);
  }

  @Test
  void update_interrupted_stopsAndKeepsTheFlag() {
    LoadBalancerUpdater updater = wanted(b -> {});
    Thread.currentThread().interrupt();

    assertThatThrownBy(updater::update)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.INTERRUPTED));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(targets()).containsExactlyInAnyOrder(SURVIVOR + ":" + PORT, LOST + ":" + PORT);
  }

  @Test
  void update_presentTargetsOverrideThePort_newOnesGetItToo() throws IOException {
    masters.serve(NEW, 18443);
    masters.serve(SURVIVOR, 18443);
    deregister(SURVIVOR, PORT);
    deregister(LOST, PORT);
    register(SURVIVOR, 18443);
    register(LOST, 18443);

    wanted(b -> {}).update();

    assertThat(targets()).containsExactlyInAnyOrder(SURVIVOR + ":18443", NEW + ":18443");
  }

  @Test
  void plan_severalPorts_refusesUnlessOneIsNamed() {
    register(SURVIVOR, 18443);

    assertThat(wanted(b -> {}).plan().refusals())
        .extracting("code")
        .containsExactly(Code.TARGET_GROUP_UNSUPPORTED);
    assertThat(wanted(b -> b.port(PORT)).plan().changes())
        .extracting(Change::on)
        .containsExactly(
            NEW + ":" + PORT + " in target group internal",
            LOST + ":" + PORT + " in target group internal",
            SURVIVOR + ":18443 in target group internal");
  }

  @Test
  void update_throttledAndAnswersLost_isDoneAllTheSame() throws IOException {
    masters.serve(NEW, PORT);
    aws.faults().throttleNext(2);
    aws.faults().loseNextAnswersToChanges(2);

    assertThat(wanted(b -> {}).update().changed()).hasSize(2);
    assertThat(targets()).containsExactlyInAnyOrder(SURVIVOR + ":" + PORT, NEW + ":" + PORT);
  }

  @Test
  void update_drainTakesTooLong_timesOutNamingWhatDrains() throws IOException {
    masters.serve(NEW, PORT);
    LoadBalancerUpdater updater = wanted(b -> b.drainedLimit(Duration.ofMillis(100)));

    assertThatThrownBy(updater::update)
        .isInstanceOfSatisfying(
            TimedOutException.class, e -> assertThat(e.found()).contains(LOST, "draining"));
  }

  @Test
  void update_newTargetFailsWhileOldOnesDrain_failsNamingTheReason() throws IOException {
    restartDrainingFor(Duration.ofSeconds(2));
    masters.serve(NEW, PORT);
    LoadBalancerUpdater updater = wanted(b -> b.drainedLimit(Duration.ofSeconds(4)));
    RunContext run =
        RunContext.builder()
            .listener(
                event -> {
                  if (event instanceof Event.ChangeStarted started
                      && started.change().what().equals("deregister target")) {
                    masters.fail(NEW, PORT);
                  }
                })
            .build();

    assertThatThrownBy(() -> run.carryOut(updater))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.TARGET_UNHEALTHY);
              assertThat(e.found()).contains(NEW + ":" + PORT, "Target.FailedHealthChecks");
              assertThat(e.changed()).hasSize(2);
            });
  }

  @Test
  void update_strangeTargetComesMeanwhile_failsNamingIt() throws Exception {
    masters.serve(NEW, PORT);
    LoadBalancerUpdater updater = wanted(b -> {});
    var prepared = updater.prepare(io.clusterrecovery.RunContext.standalone());
    register("127.0.0.9", PORT);

    assertThatThrownBy(() -> prepared.act().apply(io.clusterrecovery.RunContext.standalone()))
        .isInstanceOfSatisfying(
            StepFailedException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.CONCURRENT_CHANGE);
              assertThat(e.found()).contains("127.0.0.9");
            });
  }

  @Test
  void update_servingTargetNobodyNamed_refusesAndNothingIsTouched() throws IOException {
    masters.serve(NEW, PORT);
    masters.serve(LOST, PORT);

    assertThatThrownBy(unnamed().build()::update)
        .isInstanceOfSatisfying(
            RefusedException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.TARGET_NOT_NAMED);
              assertThat(e.getMessage()).contains(LOST + ":" + PORT).doesNotContain(SURVIVOR);
            });
    assertThat(targets()).containsExactlyInAnyOrder(SURVIVOR + ":" + PORT, LOST + ":" + PORT);
  }

  private LoadBalancerUpdaterBuilder unnamed() {
    return LoadBalancerUpdater.on(elb)
        .targetGroup(aws.internalTargetGroup())
        .targets(SURVIVOR, NEW);
  }

  private LoadBalancerUpdater wanted(Consumer<LoadBalancerUpdaterBuilder> more) {
    LoadBalancerUpdaterBuilder builder = unnamed().leaving(LOST);
    more.accept(builder);
    return builder.build();
  }

  private void startDrainingFor(Duration drainDelay) {
    aws =
        AwsSimulator.in(dir)
            .target(SURVIVOR)
            .target(LOST)
            .port(PORT)
            .healthInterval(Duration.ofMillis(200))
            .drainDelay(drainDelay)
            .start();
    elb = AwsTestClients.elb(aws.uri());
  }

  private void restartDrainingFor(Duration drainDelay) {
    elb.close();
    aws.close();
    startDrainingFor(drainDelay);
  }

  private List<String> targets() {
    return elb
        .describeTargetHealth(r -> r.targetGroupArn(aws.internalTargetGroup()))
        .targetHealthDescriptions()
        .stream()
        .filter(h -> !h.targetHealth().stateAsString().equals("draining"))
        .map(h -> h.target().id() + ":" + h.target().port())
        .toList();
  }

  private void register(String ip, int port) {
    TargetDescription target = TargetDescription.builder().id(ip).port(port).build();
    elb.registerTargets(r -> r.targetGroupArn(aws.internalTargetGroup()).targets(target));
  }

  private void deregister(String ip, int port) {
    TargetDescription target = TargetDescription.builder().id(ip).port(port).build();
    elb.deregisterTargets(r -> r.targetGroupArn(aws.internalTargetGroup()).targets(target));
  }
}
