package io.clusterrecovery.aws;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Takes an update back. */
final class LoadBalancerRollback implements RecoveryStep<LoadBalancerResult> {
  private final ElasticLoadBalancingV2Client elb;
  private final BalancerSettings settings;
  private final LoadBalancerResult done;

  LoadBalancerRollback(
      ElasticLoadBalancingV2Client elb, BalancerSettings settings, LoadBalancerResult done) {
    this.elb = elb;
    this.settings = settings;
    this.done = done;
  }

  @Override
  public String operation() {
    return "roll back load balancer";
  }

  @Override
  public Prepared<LoadBalancerResult> prepare(RunContext run) {
    AwsCalls calls = AwsCalls.ofBalancing(run, settings.limits().call());
    List<GroupRef> groups =
        done.updated().stream().<GroupRef>map(u -> new GroupRef.ByArn(u.arn())).toList();
    BalancersSeen seen = new BalancerObserver(elb, calls).look(groups);
    BalancerRules.Decision decision = RollbackRules.decide(settings.floor(), done.updated(), seen);
    Plan plan = BalancerPlan.of(operation(), settings, seen, decision);
    return new Prepared<>(plan, acting -> BalancerPlan.carryOut(elb, settings, decision, acting));
  }

  @Override
  public String toString() {
    return "LoadBalancerRollback[%s]".formatted(done.updated());
  }
}
