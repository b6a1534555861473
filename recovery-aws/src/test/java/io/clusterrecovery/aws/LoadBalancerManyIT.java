package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.testkit.AwsCall;
import io.clusterrecovery.testkit.AwsSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Twenty target groups in one go, within what AWS lets an account call. */
class LoadBalancerManyIT {
  private static final int PORT = 16443;
  private static final int GROUPS = 20;
  private static final String SURVIVOR = "127.0.0.2";
  private static final String NEW = "127.0.0.5";
  private static final String LATER = "127.0.0.6";

  @TempDir Path dir;
  private final Masters masters = new Masters();
  private AwsSimulator aws;
  private ElasticLoadBalancingV2Client elb;

  @BeforeEach
  void start() throws IOException {
    for (String master : List.of(SURVIVOR, NEW, LATER)) {
      masters.serve(master, PORT);
    }
    aws =
        AwsSimulator.in(dir)
            .port(PORT)
            .healthInterval(Duration.ofMillis(300))
            .drainDelay(Duration.ofMillis(300))
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
  void update_twentyGroups_isDoneInFewCallsWithinTheLimits() {
    ElbSetup setup = new ElbSetup(elb, aws);
    List<String> groups =
        IntStream.range(0, GROUPS)
            .mapToObj(i -> setup.group("group-" + i, TargetTypeEnum.IP, 7000 + i, PORT))
            .toList();

    updater(groups, SURVIVOR, NEW).build().update();
    int before = aws.calls().size();
    updater(groups, SURVIVOR, LATER).leaving(NEW).build().update();

    List<AwsCall> calls = aws.calls().subList(before, aws.calls().size());
    assertThat(count(calls, c -> c.call().equals("DescribeTargetGroups"))).isEqualTo(1);
    assertThat(count(calls, c -> c.changing() && c.answer() == 200)).isEqualTo(2 * GROUPS);
    assertThat(count(calls, c -> c.call().startsWith("Describe") && c.answer() != 200)).isZero();
    assertThat(groups)
        .allSatisfy(
            group ->
                assertThat(setup.targets(group))
                    .containsExactly(SURVIVOR + ":" + PORT, LATER + ":" + PORT));
  }

  private LoadBalancerUpdaterBuilder updater(List<String> groups, String... targets) {
    LoadBalancerUpdaterBuilder builder = LoadBalancerUpdater.on(elb).targets(targets);
    groups.forEach(builder::targetGroup);
    return builder;
  }

  private static long count(List<AwsCall> calls, Predicate<AwsCall> which) {
    return calls.stream().filter(which).count();
  }
}
