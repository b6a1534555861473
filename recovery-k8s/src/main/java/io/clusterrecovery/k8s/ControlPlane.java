package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Waits until a control plane serves again; changes nothing.
 *
 * <ol>
 *   <li>The API says that it is ready.
 *   <li>If asked for, the controller manager renews its lease.
 *   <li>Each node that was named is Ready, with an InternalIP and a sign of life later than a given
 *       time, and so are as many nodes of the control plane, by their labels, as were asked for.
 *       The Node object of a lost host comes out of the snapshot with an old Ready, which doesn't
 *       count; nor does it for a new machine of the same name whose host was given.
 * </ol>
 *
 * <p>Nodes are heard of by one watch, their leases read only where the node itself says too little.
 * An API server that goes away meanwhile, or refuses everybody while it starts, is waited for.
 *
 * <p>What its client has to be allowed is in {@code docs/control-plane-role.yaml}, a role.
 *
 * <p>Immutable and thread-safe; safe to run again at any time.
 */
public final class ControlPlane implements RecoveryStep<Readiness> {
  private static final String OPERATION = "await the control plane";

  private final KubeApi api;
  private final ControlPlaneSettings settings;
  private final ObjectFeed.Source feeds;

  private ControlPlane(KubeApi api, ControlPlaneSettings settings, ObjectFeed.Source feeds) {
    this.api = api;
    this.settings = settings;
    this.feeds = feeds;
  }

  /**
   * {@return a builder of a wait for the control plane of a cluster}
   *
   * @param client how the API is reached; stays the caller's and is not changed, while calls have
   *     time limits of their own
   */
  public static Builder on(ApiClient client) {
    return new Builder(requireNonNull(client, "client"));
  }

  @Override
  public String operation() {
    return OPERATION;
  }

  /**
   * Waits until all of it is so.
   *
   * @throws RecoveryException if the limit is reached or the API refuses the client; nothing was
   *     changed
   */
  public Readiness awaitReady() {
    return RunContext.standalone().carryOut(this);
  }

  @Override
  public Prepared<Readiness> prepare(RunContext run) {
    ClusterLooks looks = new ClusterLooks(api, run.clock());
    Plan.Builder plan = Plan.of(OPERATION, api.address()).note("waits for: " + settings.shown());
    settings.forced().forEach(plan::forced);
    plan.note("API " + apiNow(looks));
    MachineIds machines = MachineIds.of(settings.machines());
    machines.byNode().forEach((node, id) -> plan.fact("machine of " + node, id));
    machines.refusals().forEach(plan::refuse);
    return new Prepared<>(
        plan.build(),
        own ->
            new ControlPlaneRun(
                    settings, machines.byNode(), new ClusterLooks(api, own.clock()), own)
                .awaitReady(feeds));
  }

  /** An API that does not answer yet is what the step is for. */
  private static String apiNow(ClusterLooks looks) {
    try {
      return "ready, " + looks.readyVersion();
    } catch (ApiFailure e) {
      return "not ready: " + Shown.text(e.said());
    }
  }

  @Override
  public String toString() {
    return settings.shown() + " at " + api.address();
  }

  /** Collects what is waited for. Not thread-safe. */
  public static final class Builder {
    private final ApiClient client;
    private final Set<String> nodes = new LinkedHashSet<>();
    private final Map<String, RemoteHost> machines = new LinkedHashMap<>();
    private final Once<Integer> controlPlaneNodes = new Once<>("controlPlaneNodes");
    private final Once<Instant> heartbeatAfter = new Once<>("heartbeatAfter");
    private final Once<Instant> controllersAfter = new Once<>("controllersAfter");
    private final Once<Duration> limit = new Once<>("limit");

    private ObjectFeed.Source feeds = WatchedObjects::new;

    private Builder(ApiClient client) {
      this.client = client;
    }

    Builder feeds(ObjectFeed.Source instead) {
      feeds = instead;
      return this;
    }

    /** Adds a node that has to be Ready. */
    public Builder node(String name) {
      nodes.add(ExpectedNode.of(requireNonNull(name, "name"), List.of()).name());
      return this;
    }

    /** Adds nodes that have to be Ready. */
    public Builder nodes(Collection<String> names) {
      names.forEach(this::node);
      return this;
    }

    /**
     * Adds a node that has to be Ready and to be of that machine: an object of the same name may be
     * of a lost one. The host's {@code /etc/machine-id} tells, which its kubelet reads too.
     *
     * @param host stays the caller's
     * @throws IllegalStateException if that node's machine was given already
     */
    public Builder machine(String node, RemoteHost host) {
      requireNonNull(host, "host");
      node(node);
      if (machines.putIfAbsent(node, host) != null) {
        throw new IllegalStateException("the machine of " + node + " was given already");
      }
      return this;
    }

    /**
     * Sets how many nodes of the control plane, by either of its labels, have to be Ready at least;
     * 1 or more. Those of lost hosts may be there besides.
     */
    public Builder controlPlaneNodes(int atLeast) {
      if (atLeast < 1) {
        throw new IllegalArgumentException("controlPlaneNodes must be 1 or more, was " + atLeast);
      }
      controlPlaneNodes.set(atLeast);
      return this;
    }

    /**
     * Sets the time after which a node must have given a sign of life, by this machine's clock;
     * required with nodes. One that is seen to move on counts as well, whatever the host's clock
     * says.
     */
    public Builder heartbeatAfter(Instant time) {
      heartbeatAfter.set(time);
      return this;
    }

    /**
     * Waits for the controller manager too: it must have renewed its lease after that time, by this
     * machine's clock.
     */
    public Builder controllersAfter(Instant time) {
      controllersAfter.set(time);
      return this;
    }

    /** Sets how long all of it may take, more than zero; 15 min by default. */
    public Builder limit(Duration limit) {
      this.limit.set(Once.positive(limit, "limit"));
      return this;
    }

    /**
     * {@return the wait}
     *
     * @throws IllegalStateException if nodes are asked for without {@link #heartbeatAfter}
     */
    public ControlPlane build() {
      ControlPlaneSettings settings =
          new ControlPlaneSettings(
              List.copyOf(nodes),
              machines,
              controlPlaneNodes.or(0),
              heartbeatAfter.optional(),
              controllersAfter.optional(),
              limit.or(ControlPlaneSettings.LIMIT));
      if (settings.asksForNodes()) {
        heartbeatAfter.required();
      }
      return new ControlPlane(KubeApi.of(client), settings, feeds);
    }

    @Override
    public String toString() {
      return "ControlPlane at " + client.getBasePath() + ", not built yet";
    }
  }
}
