package io.clusterrecovery.aws;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Shows what was decided for target groups, and carries it out. */
final class BalancerPlan {
  private BalancerPlan() {}

  static Plan of(
      String operation,
      BalancerSettings settings,
      BalancersSeen seen,
      BalancerRules.Decision decision) {
    Plan.Builder plan = Plan.of(operation, "target groups " + names(seen.groups()));
    for (GroupSeen group : BalancerRules.internalFirst(seen.groups())) {
      plan.fact("targets of " + group.name(), targets(group));
      group.targets().targets().forEach(t -> plan.note(group.name() + ": " + t.shown()));
    }
    for (LoadBalancerResult.ManagedByCluster group : decision.managed()) {
      plan.fact(group.name() + " is kept by the cluster itself, says tag", group.tag());
    }
    decision.moves().forEach(m -> m.registrations().forEach(plan::change));
    decision.moves().forEach(m -> m.deregistrations().forEach(plan::change));
    decision.refusals().forEach(plan::refuse);
    if (settings.managedAccepted()) {
      plan.forced("acceptManagedByCluster");
    }
    return plan.build();
  }

  static LoadBalancerResult carryOut(
      ElasticLoadBalancingV2Client elb,
      BalancerSettings settings,
      BalancerRules.Decision decision,
      RunContext run) {
    List<LoadBalancerResult.Group> groups =
        new ArrayList<>(new BalancerAct(elb, settings, decision.moves(), run).result());
    groups.addAll(decision.managed());
    return new LoadBalancerResult(groups, run.changed());
  }

  private static String names(List<GroupSeen> groups) {
    return groups.stream().map(GroupSeen::name).collect(Collectors.joining(", "));
  }

  // Health moves by itself, so it is a note; who is registered is what the plan rests on.
  private static String targets(GroupSeen group) {
    return group.targets().registered().stream()
        .map(t -> t.target().toString())
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
