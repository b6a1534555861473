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
import java.util.List;

/**
 * Waits for the new Machines of an OpenShift control plane, and tells which node with which address
 * each of them is; changes nothing.
 *
 * <ol>
 *   <li>Where the cluster has no Machines ({@code machine.openshift.io/v1beta1}) it says so, and
 *       that is all.
 *   <li>Machines with the master role that were created after a given time are waited for, as many
 *       as were asked for: each has an InternalIP and the name of its node, which is what {@link
 *       CsrApprover} is to be told. If asked for, each has registered its node too.
 * </ol>
 *
 * <p>They are heard of by one watch. What its client has to be allowed is in {@code
 * docs/openshift-role.yaml}, a role. Immutable and thread-safe; safe to run again at any time.
 */
public final class Machines implements RecoveryStep<OnCluster<List<Machine>>> {
  private static final String OPERATION = "await new Machines";

  private final KubeApi api;
  private final MachineSettings settings;

  private Machines(KubeApi api, MachineSettings settings) {
    this.api = api;
    this.settings = settings;
  }

  /**
   * {@return a builder of a wait for the new Machines of a cluster}
   *
   * @param client how the API is reached; stays the caller's and is not changed
   */
  public static Builder on(ApiClient client) {
    return new Builder(requireNonNull(client, "client"));
  }

  @Override
  public String operation() {
    return OPERATION;
  }

  /**
   * Waits until they are there.
   *
   * @return the new ones, by name, or that the cluster has no Machines
   * @throws RecoveryException if the limit is reached or the API refuses the client; nothing was
   *     changed
   */
  public OnCluster<List<Machine>> await() {
    return RunContext.standalone().carryOut(this);
  }

  @Override
  public Prepared<OnCluster<List<Machine>>> prepare(RunContext run) {
    ApiCalls calls = new ApiCalls(api, run);
    boolean known = calls.read("ask for the API of Machines", () -> ApiResource.MACHINES.isOn(api));
    Plan plan =
        Plan.of(OPERATION, api.address())
            .fact(ApiResource.MACHINES.toString(), known ? "there" : "not on this cluster")
            .note("waits for: " + settings.shown())
            .build();
    if (!known) {
      return new Prepared<>(plan, own -> new OnCluster.Absent<>(ApiResource.MACHINES.toString()));
    }
    return new Prepared<>(
        plan, own -> new OnCluster.There<>(new MachineWait(api, settings, own).await()));
  }

  @Override
  public String toString() {
    return settings.shown() + " at " + api.address();
  }

  /** Collects what is waited for. Not thread-safe. */
  public static final class Builder {
    private final ApiClient client;
    private final Once<Instant> createdAfter = new Once<>("createdAfter");
    private final Once<Integer> count = new Once<>("count");
    private final Once<Duration> limit = new Once<>("limit");
    private boolean registered;

    private Builder(ApiClient client) {
      this.client = client;
    }

    /**
     * Sets the time after which a Machine is a new one, such as when the restore was verified;
     * required. By this machine's clock; its difference from the API server's is allowed for.
     */
    public Builder createdAfter(Instant time) {
      createdAfter.set(time);
      return this;
    }

    /** Sets how many new ones there have to be at least, 1 or more; required. */
    public Builder count(int atLeast) {
      if (atLeast < 1) {
        throw new IllegalArgumentException("count must be 1 or more, was " + atLeast);
      }
      count.set(atLeast);
      return this;
    }

    /** Waits until each has registered its node, which takes approved certificate requests. */
    public Builder registered() {
      registered = true;
      return this;
    }

    /** Sets how long to wait, more than zero; 20 min by default. */
    public Builder limit(Duration limit) {
      this.limit.set(Once.positive(limit, "limit"));
      return this;
    }

    /**
     * {@return the wait}
     *
     * @throws IllegalStateException if {@link #createdAfter} or {@link #count} is missing
     */
    public Machines build() {
      return new Machines(
          KubeApi.of(client),
          new MachineSettings(
              createdAfter.required(),
              count.required(),
              registered,
              limit.or(MachineSettings.LIMIT)));
    }

    @Override
    public String toString() {
      return "Machines at " + client.getBasePath() + ", not built yet";
    }
  }
}
