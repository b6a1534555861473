package io.clusterrecovery.aws;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeregisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetGroupsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTargetHealthResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ElasticLoadBalancingV2Exception;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RegisterTargetsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * Target groups in memory, for what no clock would let a real one do: thousands of histories of
 * health, each decided by a {@link World}. It counts every departure that leaves a group with fewer
 * healthy targets than the floor.
 */
final class FakeElb implements ElasticLoadBalancingV2Client {
  /** What goes on besides the calls. */
  interface World {
    /** Before a look at that group. */
    default void pass(FakeGroup group) {}

    /** What becomes of the next call. */
    default Fault fault() {
      return Fault.NONE;
    }
  }

  enum Fault {
    NONE,
    THROTTLED,
    REQUEST_LOST,
    ANSWER_LOST
  }

  private final Map<String, FakeGroup> groups = new LinkedHashMap<>();
  private final int floor;
  private World world = new World() {};
  private int callsLeft = Integer.MAX_VALUE;
  private int calls;
  private final List<String> changing = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();

  FakeElb(int floor) {
    this.floor = floor;
  }

  FakeGroup group(String name) {
    String arn = "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/" + name + "/1";
    return groups.computeIfAbsent(arn, FakeGroup::new);
  }

  List<FakeGroup> groups() {
    return List.copyOf(groups.values());
  }

  void world(World world) {
    this.world = world;
  }

  /** Lets that many calls through; whoever makes another one is dead. */
  void dieAfter(int calls) {
    callsLeft = calls;
  }

  int calls() {
    return calls;
  }

  List<String> changing() {
    return changing;
  }

  List<String> violations() {
    return violations;
  }

  @Override
  public DescribeTargetGroupsResponse describeTargetGroups(DescribeTargetGroupsRequest asked) {
    begin();
    List<TargetGroup> found =
        asked.targetGroupArns().stream()
            .map(
                arn ->
                    TargetGroup.builder()
                        .targetGroupArn(arn)
                        .targetGroupName(arn)
                        .targetType(TargetTypeEnum.IP)
                        .port(Seen.PORT)
                        .loadBalancerArns("balancer of " + arn)
                        .build())
            .toList();
    return DescribeTargetGroupsResponse.builder().targetGroups(found).build();
  }

  @Override
  public DescribeLoadBalancersResponse describeLoadBalancers(DescribeLoadBalancersRequest asked) {
    begin();
    return DescribeLoadBalancersResponse.builder().build();
  }

  @Override
  public DescribeTagsResponse describeTags(DescribeTagsRequest asked) {
    begin();
    return DescribeTagsResponse.builder().build();
  }

  @Override
  public DescribeTargetHealthResponse describeTargetHealth(DescribeTargetHealthRequest asked) {
    begin();
    FakeGroup group = known(asked.targetGroupArn());
    world.pass(group);
    return group.described();
  }

  @Override
  public RegisterTargetsResponse registerTargets(RegisterTargetsRequest asked) {
    begin();
    changing.add("register " + asked.targets());
    return change(
        () -> asked.targets().forEach(t -> known(asked.targetGroupArn()).register(target(t))),
        RegisterTargetsResponse.builder().build());
  }

  @Override
  public DeregisterTargetsResponse deregisterTargets(DeregisterTargetsRequest asked) {
    begin();
    changing.add("deregister " + asked.targets());
    FakeGroup group = known(asked.targetGroupArn());
    return change(
        () -> {
          String before = group.toString();
          long gone = asked.targets().stream().filter(t -> group.deregister(target(t))).count();
          if (gone > 0 && group.healthy() < floor) {
            violations.add("%s, deregistering %s".formatted(before, asked.targets()));
          }
        },
        DeregisterTargetsResponse.builder().build());
  }

  private <T> T change(Runnable act, T answer) {
    Fault fault = world.fault();
    if (fault == Fault.THROTTLED) {
      throw ElasticLoadBalancingV2Exception.builder()
          .statusCode(400)
          .awsErrorDetails(AwsErrorDetails.builder().errorCode("ThrottlingException").build())
          .build();
    }
    if (fault != Fault.REQUEST_LOST) {
      act.run();
    }
    if (fault != Fault.NONE) {
      throw SdkClientException.create("cut", new IOException("connection reset"));
    }
    return answer;
  }

  private void begin() {
    if (callsLeft-- <= 0) {
      throw SdkClientException.create("the process was killed");
    }
    calls++;
  }

  private FakeGroup known(String arn) {
    return groups.getOrDefault(arn, new FakeGroup(arn));
  }

  private static Target target(TargetDescription described) {
    return new Target(described.id(), described.port());
  }

  @Override
  public String serviceName() {
    return "elasticloadbalancing";
  }

  @Override
  public void close() {}
}
