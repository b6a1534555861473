package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.RunContext;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** Reads target groups; never judges. */
final class BalancerObserver {
  private final ElasticLoadBalancingV2Client elb;

  BalancerObserver(ElasticLoadBalancingV2Client elb) {
    this.elb = elb;
  }

  GroupSeen look(RunContext run, AwsCalls calls, String arn) {
    try {
      return calls.repeatable("reading target group " + arn, limit -> group(arn, limit));
    } catch (RuntimeException e) {
      if (e.getCause() instanceof TargetGroupNotFoundException gone) {
        throw unknown(run, arn, gone);
      }
      throw e;
    }
  }

  private GroupSeen group(String arn, AwsRequestOverrideConfiguration limit) {
    List<TargetGroup> found =
        elb.describeTargetGroups(r -> r.targetGroupArns(arn).overrideConfiguration(limit))
            .targetGroups();
    if (found.isEmpty()) {
      throw TargetGroupNotFoundException.builder().message("no such target group").build();
    }
    TargetGroup group = found.get(0);
    return new GroupSeen(
        arn,
        group.targetGroupName(),
        group.targetTypeAsString(),
        group.port() == null ? 0 : group.port(),
        !group.loadBalancerArns().isEmpty(),
        targets(arn, limit));
  }

  TargetList targets(String arn, AwsRequestOverrideConfiguration limit) {
    return new TargetList(
        elb
            .describeTargetHealth(r -> r.targetGroupArn(arn).overrideConfiguration(limit))
            .targetHealthDescriptions()
            .stream()
            .map(TargetSeen::of)
            .toList());
  }

  private static RuntimeException unknown(RunContext run, String arn, SdkException cause) {
    String found = "There is no target group " + arn + ".";
    String next = "Give the ARN of the group, and a client of its account and region.";
    return run.failure(Code.TARGET_GROUP_UNKNOWN, found, next, cause);
  }
}
