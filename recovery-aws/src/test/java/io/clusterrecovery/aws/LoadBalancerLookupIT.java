package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.testkit.AwsCall;
import io.clusterrecovery.testkit.AwsSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** How target groups are found, and what they hold. */
class LoadBalancerLookupIT {
  private static final int PORT = 16443;
  private static final String SURVIVOR = "127.0.0.2";
  private static final String LOST = "127.0.0.3";
  private static final String NEW = "127.0.0.5";
  private static final String SURVIVORS_ID = "i-00000000000000002";
  private static final String LOST_ID = "i-00000000000000003";
  private static final String NEW_ID = "i-00000000000000005";

  @TempDir Path dir;
  private final Masters masters = new Masters();
  private AwsSimulator aws;
  private ElasticLoadBalancingV2Client elb;
  private ElbSetup setup;

  @BeforeEach
  void start() throws IOException {
    masters.serve(SURVIVOR, PORT);
    masters.serve(NEW, PORT);
    aws =
        AwsSimulator.in(dir)
            .target(SURVIVOR)
            .target(LOST)
            .instance(SURVIVORS_ID, SURVIVOR)
            .instance(LOST_ID, LOST)
            .instance(NEW_ID, NEW)
            .port(PORT)
            .healthInterval(Duration.ofMillis(200))
            .drainDelay(Duration.ofMillis(200))
            .start();
    elb = AwsTestClients.elb(aws.uri());
    setup = new ElbSetup(elb, aws);
  }

  @AfterEach
  void stop() throws IOException {
    elb.close();
    aws.close();
    masters.close();
  }

  @Test
  void plan_everyNameThatLeadsNowhere_isRefusedAtOnce() {
    String gone = aws.internalTargetGroup() + "0";
    Plan plan =
        named()
            .targetGroup(gone)
            .targetGroup(aws.internalTargetGroup())
            .targetGroupNamed("nobody")
            .loadBalancer("none", 6443)
            .loadBalancer("lab-internal", 22)
            .build()
            .plan();

    assertThat(plan.refusals())
        .extracting(Refusal::code)
        .containsExactlyInAnyOrder(
            Code.TARGET_GROUP_UNKNOWN,
            Code.TARGET_GROUP_UNKNOWN,
            Code.LOAD_BALANCER_UNKNOWN,
            Code.LOAD_BALANCER_UNKNOWN);
    assertThat(plan.toString())
        .contains(gone, "nobody", "load balancer none", "on port 22, but on [" + PORT + "]");
  }

  @Test
  void plan_groupsByArnNameAndListener_areFoundOnceEachInternalFirst() {
    Plan plan =
        named()
            .targetGroupNamed("external")
            .targetGroup(aws.internalTargetGroup())
            .loadBalancer("lab-internal", PORT)
            .loadBalancer(balancerOf("lab-external"), PORT)
            .build()
            .plan();

    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.changes())
        .extracting(c -> c.what() + " " + c.on())
        .containsExactly(
            "register target " + NEW + ":" + PORT + " in target group internal",
            "register target " + NEW + ":" + PORT + " in target group external",
            "deregister target " + LOST + ":" + PORT + " in target group internal",
            "deregister target " + LOST + ":" + PORT + " in target group external");
  }

  @Test
  void update_groupOfInstances_isGivenInstancesBesideOneOfAddresses() {
    String group = setup.group("api-nodes", TargetTypeEnum.INSTANCE, 7443, PORT);
    setup.register(group, SURVIVORS_ID, PORT);
    setup.register(group, LOST_ID, PORT);
    LoadBalancerUpdater updater =
        named()
            .loadBalancer("lab-internal", 7443)
            .targetGroupNamed("internal")
            .instances(SURVIVORS_ID, NEW_ID)
            .build();

    LoadBalancerResult result = updater.update();

    assertThat(setup.targets(group))
        .containsExactly(SURVIVORS_ID + ":" + PORT, NEW_ID + ":" + PORT);
    assertThat(setup.targets(aws.internalTargetGroup()))
        .containsExactly(SURVIVOR + ":" + PORT, NEW + ":" + PORT);
    assertThat(result.healthy().get(group))
        .containsExactlyInAnyOrder(new Target(SURVIVORS_ID, PORT), new Target(NEW_ID, PORT));
  }

  @Test
  void update_instanceThatAwsDoesNotTake_failsTellingWhich() {
    String group = setup.group("api-nodes", TargetTypeEnum.INSTANCE, 7443, PORT);
    setup.register(group, SURVIVORS_ID, PORT);
    LoadBalancerUpdater updater =
        LoadBalancerUpdater.on(elb)
            .targetGroup(group)
            .instances(SURVIVORS_ID, "i-0badbadbadbadbad0")
            .build();

    assertThatThrownBy(updater::update)
        .isInstanceOfSatisfying(
            RecoveryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(Code.TARGET_INVALID);
              assertThat(e.found()).contains("i-0badbadbadbadbad0", "InvalidTarget");
            });
    assertThat(setup.targets(group)).containsExactly(SURVIVORS_ID + ":" + PORT);
  }

  @Test
  void update_groupThatAControllerKeeps_isLeftAloneAsAResultOfItsOwn() {
    setup.tag(balancerOf("lab-external"), "kubernetes.io/service-name", "ingress/router");
    setup.tag(aws.internalTargetGroup(), "kubernetes.io/cluster/prod-x1", "owned");
    LoadBalancerUpdaterBuilder builder =
        named().targetGroupNamed("external").targetGroupNamed("internal");

    LoadBalancerResult result = builder.build().update();

    assertThat(result.groups().get(1))
        .isEqualTo(
            new LoadBalancerResult.ManagedByCluster(
                aws.externalTargetGroup(), "external", "kubernetes.io/service-name"));
    assertThat(result.updated())
        .extracting(LoadBalancerResult.Updated::name)
        .containsExactly("internal");
    assertThat(setup.targets(aws.externalTargetGroup())).contains(LOST + ":" + PORT);
    assertThat(builder.acceptManagedByCluster().build().plan().forced())
        .containsExactly("acceptManagedByCluster");
  }

  @Test
  void update_everythingAsWanted_makesNoChangingCall() {
    LoadBalancerUpdater updater = named().targetGroupNamed("internal").build();
    updater.update();
    int before = aws.calls().size();

    LoadBalancerResult again = updater.update();

    assertThat(again.changed()).isEmpty();
    assertThat(aws.calls().stream().skip(before)).isNotEmpty().noneMatch(AwsCall::changing);
  }

  private LoadBalancerUpdaterBuilder named() {
    return LoadBalancerUpdater.on(elb).targets(SURVIVOR, NEW).leaving(LOST, LOST_ID);
  }

  private String balancerOf(String name) {
    List<String> arns =
        elb.describeLoadBalancers(r -> r.names(name)).loadBalancers().stream()
            .map(b -> b.loadBalancerArn())
            .toList();
    return arns.get(0);
  }
}
