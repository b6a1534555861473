package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * Gives target groups of a load balancer other targets, and never leaves them without a healthy
 * one.
 *
 * <ol>
 *   <li>Registers the new targets, in every group.
 *   <li>Waits until each wanted target is healthy, in every group.
 *   <li>Only then deregisters the others, each with the port it was registered with, and waits
 *       until they are drained.
 * </ol>
 *
 * <p>Groups are worked on in the order given; name the internal one first, since the masters
 * themselves depend on it. New targets get the port that the present ones have. Groups whose
 * targets are not addresses, or that no load balancer uses, are refused. So is a plan by which a
 * target would leave that serves, or may serve, and that was never named: targets that fail their
 * health checks leave without being named, others by {@link Builder#leaving(String...)} alone.
 * Whoever just powered a host off names it there, since its target counts as healthy until enough
 * checks have failed. Immutable and thread-safe. Idempotent: where the wanted targets are in and
 * healthy and no others, nothing is changed.
 *
 * <p>The client's retries and time-outs are its owner's; each call is besides bounded by {@link
 * Builder#callLimit(Duration)}. Recommended: an HTTP client with a connection time-out of 2 s and a
 * socket time-out of 10 s.
 */
public final class LoadBalancerUpdater implements RecoveryStep<LoadBalancerResult> {
  private final ElasticLoadBalancingV2Client elb;
  private final BalancerSettings settings;

  private LoadBalancerUpdater(ElasticLoadBalancingV2Client elb, BalancerSettings settings) {
    this.elb = elb;
    this.settings = settings;
  }

  /**
   * Starts an update through that client.
   *
   * @param elb a client of the region and account of the target groups; who made it closes it
   */
  public static Builder on(ElasticLoadBalancingV2Client elb) {
    return new Builder(elb);
  }

  /**
   * Updates, by itself: no journal, no deadline beyond the limits of its waits.
   *
   * @throws RefusedException if the plan refuses; nothing was changed
   * @throws StepFailedException if it failed after its first change; one whose code is {@code
   *     TARGET_UNHEALTHY} names a wanted target that fails its health checks, and why, and then the
   *     old targets are all still in, unless it began to fail while they drained; {@code
   *     TARGET_NOT_NAMED} names one that serves again, and is still in
   * @throws TimedOutException if wanted targets were still being checked at the limit, all old ones
   *     being still in; or if old ones did not drain in time
   */
  public LoadBalancerResult update() {
    return RunContext.standalone().carryOut(this);
  }

  @Override
  public String operation() {
    return "update load balancer";
  }

  @Override
  public Prepared<LoadBalancerResult> prepare(RunContext run) {
    AwsCalls calls = AwsCalls.ofBalancing(run, settings.callLimit());
    BalancerObserver observer = new BalancerObserver(elb);
    List<GroupSeen> groups =
        settings.arns().stream().map(arn -> observer.look(run, calls, arn)).toList();
    BalancerRules.Decision decision = BalancerRules.decide(settings, groups);
    return new Prepared<>(
        plan(groups, decision),
        acting -> new BalancerAct(elb, settings, decision.moves(), acting).result());
  }

  private Plan plan(List<GroupSeen> groups, BalancerRules.Decision decision) {
    Plan.Builder plan = Plan.of(operation(), "target groups " + names(groups));
    for (GroupSeen group : groups) {
      plan.fact("targets of " + group.name(), targets(group));
      group.targets().targets().forEach(t -> plan.note(group.name() + ": " + t.shown()));
    }
    decision.moves().forEach(m -> m.registrations().forEach(plan::change));
    decision.moves().forEach(m -> m.deregistrations().forEach(plan::change));
    decision.refusals().forEach(plan::refuse);
    return plan.build();
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

  @Override
  public String toString() {
    return "LoadBalancerUpdater[%s in %s]".formatted(settings.ips(), settings.arns());
  }

  /**
   * Collects the settings. A setter of one value throws {@link IllegalStateException} when it was
   * called before, and names the value it holds. Not thread-safe.
   */
  public static final class Builder {
    private static final Duration DEFAULT_HEALTHY_LIMIT = Duration.ofMinutes(10);
    private static final Duration DEFAULT_DRAINED_LIMIT = Duration.ofMinutes(8);
    private static final Duration DEFAULT_CALL_LIMIT = Duration.ofSeconds(15);
    private static final int HIGHEST_PORT = 65535;

    private final ElasticLoadBalancingV2Client elb;
    private final List<String> arns = new ArrayList<>();
    private @Nullable List<String> ips;
    private @Nullable List<String> leaving;
    private @Nullable Integer port;
    private @Nullable String zone;
    private @Nullable Duration healthyLimit;
    private @Nullable Duration drainedLimit;
    private @Nullable Duration callLimit;

    private Builder(ElasticLoadBalancingV2Client elb) {
      this.elb = requireNonNull(elb, "elb");
    }

    /**
     * Adds a target group, after those named before.
     *
     * @throws IllegalArgumentException if it can be no ARN of a target group, or was given already
     */
    public Builder targetGroup(String arn) {
      requireNonNull(arn, "arn");
      if (!arn.matches("arn:[a-z-]+:elasticloadbalancing:[^:\\s]*:[0-9]*:targetgroup/\\S+")) {
        throw new IllegalArgumentException("'" + arn + "' is no ARN of a target group");
      }
      if (arns.contains(arn)) {
        throw new IllegalArgumentException("target group " + arn + " was given already");
      }
      arns.add(arn);
      return this;
    }

    /**
     * Sets the targets that each group shall have, and no others.
     *
     * @param ips IPv4 addresses, at least one
     * @throws IllegalArgumentException if there is none, or one that can be no address or comes
     *     twice
     */
    public Builder targets(String... ips) {
      this.ips = Require.once("targets", this.ips, Require.addresses("targets", ips));
      return this;
    }

    /**
     * Sets the targets that leave even while they are healthy; by default none. One that is not
     * there is no mistake.
     *
     * @param ips IPv4 addresses, none of which is in {@link #targets(String...)}
     * @throws IllegalArgumentException if there is none, or one that can be no address or comes
     *     twice
     */
    public Builder leaving(String... ips) {
      this.leaving = Require.once("leaving", leaving, Require.addresses("leaving", ips));
      return this;
    }

    /**
     * Sets the port of every target; by default the one that the present targets have, or the
     * group's.
     */
    public Builder port(int port) {
      if (port < 1 || port > HIGHEST_PORT) {
        throw new IllegalArgumentException("a port is 1 to 65535, was " + port);
      }
      this.port = Require.once("port", this.port, port);
      return this;
    }

    /**
     * Sets the availability zone of new targets, {@code all} for addresses outside of the VPC; by
     * default {@code all} where every present target has it, and otherwise left to AWS.
     */
    public Builder availabilityZone(String zone) {
      this.zone = Require.once("availabilityZone", this.zone, zone);
      return this;
    }

    /**
     * Sets how long the wanted targets of a group may take to be healthy; 10 minutes by default.
     */
    public Builder healthyLimit(Duration limit) {
      this.healthyLimit =
          Require.once("healthyLimit", this.healthyLimit, Require.positive("limit", limit));
      return this;
    }

    /** Sets how long the old targets of a group may take to drain; 8 minutes by default. */
    public Builder drainedLimit(Duration limit) {
      this.drainedLimit =
          Require.once("drainedLimit", this.drainedLimit, Require.positive("limit", limit));
      return this;
    }

    /** Sets how long one look or call may take; 15 seconds by default. */
    public Builder callLimit(Duration limit) {
      this.callLimit = Require.once("callLimit", this.callLimit, Require.positive("limit", limit));
      return this;
    }

    /**
     * {@return the operation} Checks every setting, without I/O.
     *
     * @throws IllegalStateException if no target group or no target was given, or one that is
     *     leaving as well
     */
    public LoadBalancerUpdater build() {
      List<String> wanted = Require.given(ips, "no target was given: name them with targets(…)");
      if (arns.isEmpty()) {
        throw new IllegalStateException("no target group was given: name one with targetGroup(…)");
      }
      List<String> out = leaving == null ? List.of() : leaving;
      if (out.stream().anyMatch(wanted::contains)) {
        throw new IllegalStateException(
            "targets(…) are %s, and leaving(…) names one of them: %s".formatted(wanted, out));
      }
      return new LoadBalancerUpdater(
          elb,
          new BalancerSettings(
              List.copyOf(arns),
              wanted,
              out,
              Optional.ofNullable(port),
              Optional.ofNullable(zone),
              Require.orElse(healthyLimit, DEFAULT_HEALTHY_LIMIT),
              Require.orElse(drainedLimit, DEFAULT_DRAINED_LIMIT),
              Require.orElse(callLimit, DEFAULT_CALL_LIMIT)));
    }
  }
}
