package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Waits until a control plane serves again; changes nothing.
 *
 * <ol>
 *   <li>The API says that it is ready.
 *   <li>If asked for, the controller manager renews its lease.
 *   <li>Each node that was named is Ready, with a heartbeat later than a given time: the Node
 *       object of a lost host comes out of the snapshot with an old Ready, which doesn't count.
 * </ol>
 *
 * <p>Immutable and thread-safe; safe to run again at any time.
 */
public final class ReadinessVerifier implements RecoveryStep<Readiness> {
  private static final String OPERATION = "verify readiness";

  private final KubeApi api;
  private final ReadinessSettings settings;

  private ReadinessVerifier(KubeApi api, ReadinessSettings settings) {
    this.api = api;
    this.settings = settings;
  }

  /**
   * {@return a builder of a verifier of a cluster}
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
  public Readiness verify() {
    return RunContext.standalone().carryOut(this);
  }

  @Override
  public Prepared<Readiness> prepare(RunContext run) {
    Plan plan = Plan.of(OPERATION, api.address()).note("waits for: " + settings.shown()).build();
    return new Prepared<>(
        plan, own -> new ReadinessRun(settings, new ClusterLooks(api, own.clock()), own).verify());
  }

  @Override
  public String toString() {
    return settings.shown() + " at " + api.address();
  }

  /** Collects what a verifier needs. Not thread-safe. */
  public static final class Builder {
    private final ApiClient client;
    private final Set<String> nodes = new LinkedHashSet<>();
    private final Once<Instant> heartbeatAfter = new Once<>("heartbeatAfter");
    private final Once<Instant> controllersAfter = new Once<>("controllersAfter");
    private final Once<Duration> limit = new Once<>("limit");

    private Builder(ApiClient client) {
      this.client = client;
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

    /** Sets how long all of it may take, more than zero; 20 min by default. */
    public Builder limit(Duration limit) {
      this.limit.set(Once.positive(limit, "limit"));
      return this;
    }

    /**
     * {@return the verifier}
     *
     * @throws IllegalStateException if nodes are named without {@link #heartbeatAfter}
     */
    public ReadinessVerifier build() {
      if (!nodes.isEmpty()) {
        heartbeatAfter.required();
      }
      ReadinessSettings settings =
          new ReadinessSettings(
              List.copyOf(nodes),
              optional(heartbeatAfter),
              optional(controllersAfter),
              limit.or(ReadinessSettings.LIMIT));
      return new ReadinessVerifier(KubeApi.of(client), settings);
    }

    private static Optional<Instant> optional(Once<Instant> setting) {
      return setting.given() ? Optional.of(setting.required()) : Optional.empty();
    }
  }
}
