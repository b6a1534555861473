package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

class AwsElbIT {
  @TempDir Path dir;
  private ServerSocket api;
  private AwsSimulator aws;
  private ElasticLoadBalancingV2Client elb;

  @BeforeEach
  void start() throws IOException {
    api = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    aws =
        AwsSimulator.in(dir)
            .internalTarget("127.0.0.1")
            .port(api.getLocalPort())
            .healthInterval(Duration.ofMillis(300))
            .drainDelay(Duration.ofMillis(500))
            .start();
    elb = AwsClients.elb(aws.uri());
  }

  @AfterEach
  void stop() throws IOException {
    elb.close();
    aws.close();
    api.close();
  }

  @Test
  void health_targetAccepts_becomesHealthyAndIsBalancedTo() throws IOException {
    assertThat(states().values()).first().asString().startsWith("initial Elb.");
    await("127.0.0.1:" + api.getLocalPort(), "healthy null");
    AwsEventually.seen(
        "haproxy", this::config, text -> text.contains("127.0.0.1:" + api.getLocalPort()));
    api.close();
    await("127.0.0.1:" + api.getLocalPort(), "unhealthy Target.FailedHealthChecks");
    AwsEventually.seen("haproxy", this::config, text -> !text.contains("127.0.0.1:"));
  }

  @Test
  void register_sameIpOtherPort_isAnotherTarget() {
    elb.registerTargets(
        r -> r.targetGroupArn(aws.internalTargetGroup()).targets(target("127.0.0.1", 1)));

    assertThat(states()).containsOnlyKeys("127.0.0.1:" + api.getLocalPort(), "127.0.0.1:1");
    await("127.0.0.1:1", "unhealthy Target.FailedHealthChecks");
  }

  @Test
  void deregister_drainsThenVanishes() {
    TargetDescription one = target("127.0.0.1", null);
    elb.deregisterTargets(r -> r.targetGroupArn(aws.internalTargetGroup()).targets(one));

    assertThat(states().values()).containsExactly("draining Target.DeregistrationInProgress");
    AwsEventually.seen("gone", this::states, Map::isEmpty);
    assertThat(described(one)).containsExactly("unused Target.NotRegistered");
  }

  @Test
  void deregister_unknownTarget_succeedsSilently() {
    elb.deregisterTargets(
        r -> r.targetGroupArn(aws.internalTargetGroup()).targets(target("127.0.0.1", 9)));

    assertThat(states()).containsOnlyKeys("127.0.0.1:" + api.getLocalPort());
  }

  @Test
  void register_zoneGiven_isKept() {
    TargetDescription outside =
        TargetDescription.builder().id("192.168.0.1").availabilityZone("all").build();
    elb.registerTargets(r -> r.targetGroupArn(aws.externalTargetGroup()).targets(outside));

    assertThat(health(aws.externalTargetGroup()))
        .extracting(h -> h.target().availabilityZone())
        .containsExactly("all");
  }

  @Test
  void health_unknownGroup_isNotFound() {
    String arn = aws.internalTargetGroup() + "0";
    assertThatThrownBy(() -> health(arn)).isInstanceOf(TargetGroupNotFoundException.class);
  }

  private void await(String target, String state) {
    AwsEventually.seen(target, this::states, s -> state.equals(s.get(target)));
  }

  private String config() {
    try {
      return Files.readString(dir.resolve("haproxy.cfg"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Map<String, String> states() {
    return health(aws.internalTargetGroup()).stream()
        .collect(Collectors.toMap(h -> h.target().id() + ":" + h.target().port(), AwsElbIT::state));
  }

  private List<String> described(TargetDescription target) {
    return elb
        .describeTargetHealth(r -> r.targetGroupArn(aws.internalTargetGroup()).targets(target))
        .targetHealthDescriptions()
        .stream()
        .map(AwsElbIT::state)
        .toList();
  }

  private List<TargetHealthDescription> health(String arn) {
    return elb.describeTargetHealth(r -> r.targetGroupArn(arn)).targetHealthDescriptions();
  }

  private static String state(TargetHealthDescription h) {
    return h.targetHealth().stateAsString() + " " + h.targetHealth().reasonAsString();
  }

  private static TargetDescription target(
      String id, @org.jspecify.annotations.Nullable Integer port) {
    return TargetDescription.builder().id(id).port(port).build();
  }
}
