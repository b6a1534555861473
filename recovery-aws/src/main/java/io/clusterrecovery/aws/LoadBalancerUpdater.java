package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * Gives target groups of a load balancer other targets, and never takes one out while that would
 * leave a group with fewer healthy targets than its floor.
 *
 * <ol>
 *   <li>Registers the new targets, in every group; groups of internal load balancers come first,
 *       since the masters themselves depend on them.
 *   <li>Waits until each wanted target is healthy, in every group.
 *   <li>Only then deregisters the others, each with the port it was registered with: those that do
 *       not serve together, those that serve one at a time, each time after another look at the
 *       group's health. Waits until they are drained, and reads the groups back.
 * </ol>
 *
 * <p>New targets get the port that the present ones have, and the zone {@code all} where the
 * present ones have it. Groups whose targets are neither addresses nor instances, or that no load
 * balancer uses, are refused. So is a plan by which a target would leave that serves, or may serve,
 * and that was never named: targets that fail their health checks leave without being named, others
 * by {@link LoadBalancerUpdaterBuilder#leaving} alone. Whoever just powered a host off names it
 * there, since its target counts as healthy until enough checks have failed.
 *
 * <p>A group that a controller of the cluster keeps, as its tags say, is left alone: its part of
 * the result is {@link LoadBalancerResult.ManagedByCluster}.
 *
 * <p>Immutable and thread-safe. Idempotent: where the wanted targets are in and healthy and no
 * others, nothing is changed. Calls keep to a pace, the client's own retries are switched off for
 * them and done here, and each is bounded by {@link LoadBalancerUpdaterBuilder#callLimit}. {@link
 * AwsClients} makes a client that fits.
 */
public final class LoadBalancerUpdater implements RecoveryStep<LoadBalancerResult> {
  private final ElasticLoadBalancingV2Client elb;
  private final BalancerSettings settings;

  LoadBalancerUpdater(ElasticLoadBalancingV2Client elb, BalancerSettings settings) {
    this.elb = elb;
    this.settings = settings;
  }

  /**
   * Starts an update through that client.
   *
   * @param elb a client of the region and account of the target groups; who made it closes it
   */
  public static LoadBalancerUpdaterBuilder on(ElasticLoadBalancingV2Client elb) {
    return new LoadBalancerUpdaterBuilder(elb);
  }

  /**
   * Updates, by itself: no journal, no deadline beyond the limits of its waits.
   *
   * @throws RefusedException if the plan refuses; nothing was changed
   * @throws StepFailedException if it failed after its first change; one whose code is {@code
   *     TARGET_UNHEALTHY} names a wanted target that fails its health checks, and why, and then the
   *     old targets are all still in, unless it began to fail while they drained; {@code
   *     LAST_HEALTHY_TARGET} leaves in what still serves; {@code TARGET_NOT_NAMED} names one that
   *     serves again, and is still in
   * @throws TimedOutException if wanted targets were still being checked at the limit, all old ones
   *     being still in; or if old ones did not drain in time
   */
  public LoadBalancerResult update() {
    return RunContext.standalone().carryOut(this);
  }

  /**
   * Updates as that plan says, or not at all.
   *
   * @throws RefusedException also with {@code PLAN_DRIFTED}, naming the difference, if the world no
   *     longer matches it; nothing was changed
   * @throws StepFailedException as {@link #update()} does
   * @throws TimedOutException as {@link #update()} does
   */
  public LoadBalancerResult update(Plan accepted) {
    return RunContext.standalone().carryOut(this, accepted);
  }

  /**
   * Takes an update back, by itself: {@link #undoing(LoadBalancerResult)}, carried out.
   *
   * @throws RefusedException if going back would leave a group below its floor; nothing was changed
   * @throws StepFailedException as {@link #update()} does
   * @throws TimedOutException as {@link #update()} does
   */
  public LoadBalancerResult rollback(LoadBalancerResult done) {
    return RunContext.standalone().carryOut(undoing(done));
  }

  /**
   * {@return the step that takes an update back} It registers what was taken out, as it was; waits
   * until what was healthy then is so again; and deregisters what was put in, by the same rule of
   * the floor. Targets that others registered meanwhile stay. Idempotent.
   */
  public RecoveryStep<LoadBalancerResult> undoing(LoadBalancerResult done) {
    return new LoadBalancerRollback(elb, settings, requireNonNull(done, "done"));
  }

  @Override
  public String operation() {
    return "update load balancer";
  }

  @Override
  public Prepared<LoadBalancerResult> prepare(RunContext run) {
    AwsCalls calls = AwsCalls.ofBalancing(run, settings.limits().call());
    BalancersSeen seen = new BalancerObserver(elb, calls).look(settings.groups());
    BalancerRules.Decision decision = BalancerRules.decide(settings, seen);
    return new Prepared<>(
        BalancerPlan.of(operation(), settings, seen, decision),
        acting -> BalancerPlan.carryOut(elb, settings, decision, acting));
  }

  @Override
  public String toString() {
    List<String> wanted = new ArrayList<>(settings.ips());
    wanted.addAll(settings.instances());
    return "LoadBalancerUpdater[%s in %s]".formatted(wanted, settings.groups());
  }
}
