package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.clusterrecovery.Code;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.TargetPool;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

class LoadBalancerUpdaterTest {
  private static final String ARN =
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/internal/50dc6c495c0c9188";

  private final ElasticLoadBalancingV2Client elb = mock(ElasticLoadBalancingV2Client.class);

  @Test
  void update_unknownGroup_refusesAndCallsNothingElse() {
    when(elb.describeTargetGroups(anyGroup()))
        .thenThrow(TargetGroupNotFoundException.builder().message("none").build());
    LoadBalancerUpdater updater =
        LoadBalancerUpdater.on(elb).targetGroup(ARN).targets("10.0.0.1").build();

    assertThatThrownBy(updater::update)
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.TARGET_GROUP_UNKNOWN));
    verify(elb).describeTargetGroups(anyGroup());
    verifyNoMoreInteractions(elb);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "internal",
        "arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/net/a/b",
        "arn:aws:ec2:us-east-1:1:targetgroup/a/b"
      })
  void targetGroup_thatCannotBe_isRejectedAtTheSetter(String arn) {
    assertThatThrownBy(() -> LoadBalancerUpdater.on(elb).targetGroup(arn))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void targets_thatCannotBe_areRejectedAtTheSetter() {
    LoadBalancerUpdaterBuilder builder = LoadBalancerUpdater.on(elb);
    assertThatThrownBy(builder::targets).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.targets("10.0.0.1", "10.0.0.1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.targets("i-0123"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.port(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void build_somethingMissingOrTwice_saysWhichSetter() {
    LoadBalancerUpdaterBuilder builder = LoadBalancerUpdater.on(elb);
    assertThatThrownBy(builder::build)
        .hasMessageContaining("targets(…)")
        .hasMessageContaining("instances(…)");
    builder.targets("10.0.0.1");
    assertThatThrownBy(builder::build).hasMessageContaining("targetGroup(…)");
    assertThatThrownBy(() -> builder.targets("10.0.0.2")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> builder.leaving()).isInstanceOf(IllegalArgumentException.class);
    builder.targetGroup(ARN);
    assertThatThrownBy(() -> builder.targetGroup(ARN)).hasMessageContaining("already");
  }

  @Test
  void setters_calledAgain_nameTheValueHeld() {
    Duration limit = Duration.ofSeconds(7);
    LoadBalancerUpdaterBuilder builder =
        LoadBalancerUpdater.on(elb)
            .port(6443)
            .floor(2)
            .instances("i-0123456789abcdef0")
            .availabilityZone("all")
            .leaving("10.0.0.3")
            .healthyLimit(limit)
            .drainedLimit(limit)
            .callLimit(limit);

    assertHeld(() -> builder.port(6444), "port was set to '6443' already");
    assertHeld(() -> builder.floor(3), "floor was set to '2' already");
    assertHeld(
        () -> builder.instances("i-0123456789abcdef1"),
        "instances was set to '[i-0123456789abcdef0]' already");
    assertHeld(() -> builder.availabilityZone("a"), "availabilityZone was set to 'all' already");
    assertHeld(() -> builder.leaving("10.0.0.4"), "leaving was set to '[10.0.0.3]' already");
    assertHeld(() -> builder.healthyLimit(limit), "healthyLimit was set to 'PT7S' already");
    assertHeld(() -> builder.drainedLimit(limit), "drainedLimit was set to 'PT7S' already");
    assertHeld(() -> builder.callLimit(limit), "callLimit was set to 'PT7S' already");
  }

  private static void assertHeld(ThrowingCallable again, String message) {
    assertThatThrownBy(again).isInstanceOf(IllegalStateException.class).hasMessage(message);
  }

  @Test
  void build_targetThatIsLeavingToo_isRejected() {
    LoadBalancerUpdaterBuilder builder =
        LoadBalancerUpdater.on(elb).targetGroup(ARN).targets("10.0.0.1").leaving("10.0.0.1");

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("leaving(…)");
  }

  @Test
  void build_floorAboveWhatIsWanted_isRejected() {
    LoadBalancerUpdaterBuilder builder =
        LoadBalancerUpdater.on(elb).targetGroup(ARN).targets("10.0.0.1").floor(2);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("floor is 2");
    assertThatThrownBy(() -> LoadBalancerUpdater.on(elb).floor(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a_b", "a name of more than thirty-two letters", "arn:aws:x"})
  void names_thatCannotBe_areRejectedAtTheSetter(String name) {
    LoadBalancerUpdaterBuilder builder = LoadBalancerUpdater.on(elb);
    assertThatThrownBy(() -> builder.targetGroupNamed(name))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.loadBalancer(name, 6443))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ids_thatCannotBe_areRejectedAtTheSetter() {
    LoadBalancerUpdaterBuilder builder = LoadBalancerUpdater.on(elb);
    assertThatThrownBy(() -> builder.instances("10.0.0.1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.leaving("i-0123", "master-0"))
        .isInstanceOf(IllegalArgumentException.class);
    builder.leaving("i-0123456789abcdef0", "10.0.0.3");
  }

  @Test
  void asPort_handsInTargets_andHoldsNone() {
    LoadBalancerUpdaterBuilder builder = LoadBalancerUpdater.on(elb).targetGroup(ARN);

    TargetPool pool = builder.asPort();

    assertThat(pool.serving(List.of("10.0.0.1"), List.of()))
        .hasToString("LoadBalancerUpdater[[10.0.0.1] in [" + ARN + "]]");
    assertThatThrownBy(() -> pool.serving(List.of("10.0.0.1"), List.of("10.0.0.1")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> pool.serving(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(builder.leaving("10.0.0.3")::asPort).hasMessageContaining("10.0.0.3");
    assertThatThrownBy(LoadBalancerUpdater.on(elb)::asPort).hasMessageContaining("targetGroup(…)");
  }

  private static Consumer<DescribeTargetGroupsRequest.Builder> anyGroup() {
    return any();
  }
}
