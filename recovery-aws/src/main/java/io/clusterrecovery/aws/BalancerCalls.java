package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.RunContext;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.InvalidTargetException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;

/** The calls that change a target group; each is safe to repeat. */
final class BalancerCalls {
  private final ElasticLoadBalancingV2Client elb;
  private final RunContext run;
  private final AwsCalls calls;

  BalancerCalls(ElasticLoadBalancingV2Client elb, RunContext run, AwsCalls calls) {
    this.elb = elb;
    this.run = run;
    this.calls = calls;
  }

  void register(GroupMoves group) {
    List<TargetDescription> targets =
        group.in().stream().map(r -> description(r.target(), r.availabilityZone())).toList();
    Together.change(
        run,
        group.registrations(),
        () -> {
          try {
            register(group, targets);
          } catch (RuntimeException e) {
            throw e.getCause() instanceof InvalidTargetException invalid
                ? refused(group, invalid)
                : e;
          }
        });
  }

  private void register(GroupMoves group, List<TargetDescription> targets) {
    calls.repeatable(
        "registering targets in " + group.name(),
        limit ->
            elb.registerTargets(
                r -> r.targetGroupArn(group.arn()).targets(targets).overrideConfiguration(limit)));
  }

  private RuntimeException refused(GroupMoves group, InvalidTargetException invalid) {
    String found =
        "AWS does not take these targets in target group %s: %s (%s)."
            .formatted(group.name(), group.in(), AwsFailures.said(invalid));
    String next =
        "Give addresses of the group's VPC, or availabilityZone(\"all\") for those outside of it;"
            + " or instances that run in that VPC.";
    return run.failure(Code.TARGET_INVALID, found, next, invalid);
  }

  void deregister(GroupMoves group, List<TargetSeen> leaving) {
    List<TargetDescription> targets =
        leaving.stream().map(t -> description(t.target(), t.zone())).toList();
    Together.change(
        run,
        group.deregistrations(leaving),
        () ->
            calls.repeatable(
                "deregistering targets of " + group.name(),
                limit ->
                    elb.deregisterTargets(
                        r ->
                            r.targetGroupArn(group.arn())
                                .targets(targets)
                                .overrideConfiguration(limit))));
  }

  private static TargetDescription description(Target target, String zone) {
    TargetDescription.Builder described =
        TargetDescription.builder().id(target.id()).port(target.port());
    return (zone.isEmpty() ? described : described.availabilityZone(zone)).build();
  }
}
