package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.TargetPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * Collects the settings of a {@link LoadBalancerUpdater}. A setter of one value throws {@link
 * IllegalStateException} when it was called before, and names the value it holds. Not thread-safe.
 */
public final class LoadBalancerUpdaterBuilder {
  private static final Duration DEFAULT_HEALTHY_LIMIT = Duration.ofMinutes(10);
  private static final Duration DEFAULT_DRAINED_LIMIT = Duration.ofMinutes(8);
  private static final Duration DEFAULT_CALL_LIMIT = Duration.ofSeconds(15);

  private final ElasticLoadBalancingV2Client elb;
  private final List<GroupRef> groups = new ArrayList<>();
  private @Nullable List<String> ips;
  private @Nullable List<String> instances;
  private @Nullable List<String> leaving;
  private @Nullable Integer port;
  private @Nullable String zone;
  private @Nullable Integer floor;
  private @Nullable Duration healthyLimit;
  private @Nullable Duration drainedLimit;
  private @Nullable Duration callLimit;
  private boolean registersOnly;
  private boolean managedAccepted;

  LoadBalancerUpdaterBuilder(ElasticLoadBalancingV2Client elb) {
    this.elb = requireNonNull(elb, "elb");
  }

  /**
   * Adds a target group, by its ARN.
   *
   * @throws IllegalArgumentException if it can be no ARN of a target group, or was given already
   */
  public LoadBalancerUpdaterBuilder targetGroup(String arn) {
    return add(new GroupRef.ByArn(RequireTarget.groupArn(arn)));
  }

  /**
   * Adds a target group, by its name, which is unique in an account and region.
   *
   * @throws IllegalArgumentException if it can be no name, or was given already
   */
  public LoadBalancerUpdaterBuilder targetGroupNamed(String name) {
    return add(new GroupRef.ByName(RequireTarget.name(name)));
  }

  /**
   * Adds every target group that a load balancer's listener forwards to.
   *
   * @param balancer its name or ARN
   * @param port the port that it listens on, such as 6443
   * @throws IllegalArgumentException if it can be neither, or was given already
   */
  public LoadBalancerUpdaterBuilder loadBalancer(String balancer, int port) {
    return add(new GroupRef.ByListener(RequireTarget.balancer(balancer), RequireTarget.port(port)));
  }

  /**
   * Sets the targets that each group of type {@code ip} shall have, and no others.
   *
   * @param ips 1 to 100 IPv4 addresses
   * @throws IllegalArgumentException if there are none or too many, or one that can be no address
   *     or comes twice
   */
  public LoadBalancerUpdaterBuilder targets(String... ips) {
    this.ips = Require.once("targets", this.ips, RequireTarget.addresses("targets", ips));
    return this;
  }

  /**
   * Sets the targets that each group of type {@code instance} shall have, and no others.
   *
   * @param ids 1 to 100 instance ids, such as {@code i-0123456789abcdef0}
   * @throws IllegalArgumentException if there are none or too many, or one that can be no id or
   *     comes twice
   */
  public LoadBalancerUpdaterBuilder instances(String... ids) {
    this.instances =
        Require.once("instances", this.instances, RequireTarget.instances("instances", ids));
    return this;
  }

  /**
   * Sets the targets that leave even while they are healthy; by default none. One that is not there
   * is no mistake.
   *
   * @param ids 1 to 100 addresses or instance ids, none of which shall stay
   * @throws IllegalArgumentException if there are none or too many, or one that can be neither or
   *     comes twice
   */
  public LoadBalancerUpdaterBuilder leaving(String... ids) {
    this.leaving = Require.once("leaving", leaving, RequireTarget.ids("leaving", ids));
    return this;
  }

  /**
   * Sets the port of every target; by default the one that the present targets have, or the
   * group's.
   */
  public LoadBalancerUpdaterBuilder port(int port) {
    this.port = Require.once("port", this.port, RequireTarget.port(port));
    return this;
  }

  /**
   * Sets the availability zone of new addresses, {@code all} for those outside of the VPC; by
   * default {@code all} where every present target has it, and otherwise left to AWS.
   */
  public LoadBalancerUpdaterBuilder availabilityZone(String zone) {
    this.zone = Require.once("availabilityZone", this.zone, zone);
    return this;
  }

  /**
   * Sets how many healthy targets stay in each group at every moment; 1 by default, at least 1, and
   * at most as many as are wanted.
   */
  public LoadBalancerUpdaterBuilder floor(int healthy) {
    if (healthy < 1) {
      throw new IllegalArgumentException("a floor is at least 1, was " + healthy);
    }
    this.floor = Require.once("floor", this.floor, healthy);
    return this;
  }

  /** Sets how long the wanted targets of a group may take to be healthy; 10 minutes by default. */
  public LoadBalancerUpdaterBuilder healthyLimit(Duration limit) {
    this.healthyLimit =
        Require.once("healthyLimit", this.healthyLimit, Require.positive("limit", limit));
    return this;
  }

  /** Sets how long the old targets of a group may take to drain; 8 minutes by default. */
  public LoadBalancerUpdaterBuilder drainedLimit(Duration limit) {
    this.drainedLimit =
        Require.once("drainedLimit", this.drainedLimit, Require.positive("limit", limit));
    return this;
  }

  /** Sets how long one look or call may take; 15 seconds by default. */
  public LoadBalancerUpdaterBuilder callLimit(Duration limit) {
    this.callLimit = Require.once("callLimit", this.callLimit, Require.positive("limit", limit));
    return this;
  }

  /**
   * Registers the new targets and leaves it at that: nothing is awaited and nothing leaves. For
   * masters that serve only after a later step, such as the growth of a stacked etcd; the whole
   * update is run after it, and goes on from there.
   */
  public LoadBalancerUpdaterBuilder registerOnly() {
    this.registersOnly = true;
    return this;
  }

  /** Changes groups although their tags say that a controller of the cluster keeps them. */
  public LoadBalancerUpdaterBuilder acceptManagedByCluster() {
    this.managedAccepted = true;
    return this;
  }

  /**
   * {@return the operation} Checks every setting, without I/O.
   *
   * @throws IllegalStateException if no target group or no target was given, one that is leaving as
   *     well, or fewer than the floor
   */
  public LoadBalancerUpdater build() {
    return updater(settings());
  }

  /**
   * {@return a port through which targets are handed in, with these settings otherwise} For a
   * runbook that is written for any balancer; its targets are addresses.
   *
   * @throws IllegalStateException if no target group was given, or targets were
   */
  public TargetPool asPort() {
    BalancerSettings settings = settings();
    if (!settings.named().isEmpty()) {
      throw new IllegalStateException(
          "a port is handed its targets, and holds " + settings.named());
    }
    RequireTarget.groups(settings);
    return (targets, leaving) -> updater(settings.serving(targets, leaving));
  }

  private LoadBalancerUpdater updater(BalancerSettings settings) {
    RequireTarget.complete(settings);
    return new LoadBalancerUpdater(elb, settings);
  }

  private BalancerSettings settings() {
    return new BalancerSettings(
        List.copyOf(groups),
        ips == null ? List.of() : ips,
        instances == null ? List.of() : instances,
        leaving == null ? List.of() : leaving,
        Optional.ofNullable(port),
        Optional.ofNullable(zone),
        floor == null ? 1 : floor,
        registersOnly,
        managedAccepted,
        new BalancerLimits(
            Require.orElse(healthyLimit, DEFAULT_HEALTHY_LIMIT),
            Require.orElse(drainedLimit, DEFAULT_DRAINED_LIMIT),
            Require.orElse(callLimit, DEFAULT_CALL_LIMIT)));
  }

  private LoadBalancerUpdaterBuilder add(GroupRef ref) {
    if (groups.contains(ref)) {
      throw new IllegalArgumentException("target group " + ref + " was given already");
    }
    groups.add(ref);
    return this;
  }

  @Override
  public String toString() {
    return "LoadBalancerUpdater of " + groups.size() + " target groups, not built yet";
  }
}
