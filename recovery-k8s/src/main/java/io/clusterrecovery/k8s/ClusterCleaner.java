package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.ClusterStore;
import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for what a restore leaves in a cluster, and mends what can be mended safely.
 *
 * <ol>
 *   <li>{@code blocking-webhooks}: admission webhooks with {@code failurePolicy: Fail} whose
 *       service is gone, and that are asked about what a recovery writes, are suspended; put back
 *       when the service is there again, by another run.
 *   <li>{@code stale-nodes}: Node objects of lost hosts, from before the restore, are deleted.
 *   <li>{@code dead-leaders}, {@code leader-locks}: leases that lost hosts hold, and the locks that
 *       older versions kept in ConfigMaps and Endpoints, are freed.
 *   <li>{@code api-server-leases}: what lost API servers kept of themselves in the store, by which
 *       they stay behind the service {@code kubernetes}, is deleted. Needs {@link Builder#store},
 *       as do {@code store-alarms} and {@code watch-caches} (an API server that has seen more than
 *       the restored store holds), which are reported.
 *   <li>{@code signer-pod}: the pod {@code etcd-signer} of OpenShift 4.1 is deleted.
 *   <li>{@code api-endpoints}, {@code cluster-operators}: lost hosts behind the service {@code
 *       kubernetes}, and operators of OpenShift that are degraded or not available, OAuth's among
 *       them, are reported.
 * </ol>
 *
 * <p>Each write is only taken for the very version of the object that was judged; where that has
 * changed meanwhile, it is judged anew. All is read again at the end. What a host declared lost
 * still renews is never touched, but reported.
 *
 * <p>What its client has to be allowed is in {@code docs/cluster-cleaner-role.yaml}, a role.
 * Immutable and thread-safe; safe to run again at any time.
 */
public final class ClusterCleaner implements RecoveryStep<CleanReport> {
  private static final String OPERATION = "check and clean the cluster";

  private final KubeApi api;
  private final CleanSettings settings;

  private ClusterCleaner(KubeApi api, CleanSettings settings) {
    this.api = api;
    this.settings = settings;
  }

  /**
   * {@return a builder of a cleaner of a cluster}
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
   * Mends what the plan shows; blocks until it is mended.
   *
   * @return every check as it was found, and as it was left
   * @throws RecoveryException if the API can't be used, somebody else changed one of the objects,
   *     or something can't be mended; what was mended until then stays so
   */
  public CleanReport clean() {
    return RunContext.standalone().carryOut(this);
  }

  @Override
  public Prepared<CleanReport> prepare(RunContext run) {
    ApiCalls calls = new ApiCalls(api, run);
    ServerTime time = calls.read("compare clocks", () -> ServerTime.ask(api, run.clock()));
    CleanLook look = new CleanLook(api, settings.ahead(time.ahead(run.clock())));
    Map<ClusterCheck<?>, Diagnosis> seen = calls.read("check the cluster", look::all);
    Plan.Builder plan = Plan.of(OPERATION, api.address());
    seen.forEach(
        (check, diagnosis) -> {
          // What is well or not goes up and down by itself; what is to be done is in the changes.
          plan.note(check.name() + " " + diagnosis.verdict());
          diagnosis.facts().forEach(fact -> plan.note(check.name() + ": " + fact));
          diagnosis.remedies().forEach(remedy -> plan.change(remedy.change()));
        });
    return new Prepared<>(plan.build(), own -> new CleanRun(api, look, own).clean(seen));
  }

  @Override
  public String toString() {
    return OPERATION + " at " + api.address();
  }

  /** Collects what a cleaner needs. Not thread-safe. */
  public static final class Builder {
    private final ApiClient client;
    private final Map<String, List<String>> lost = new LinkedHashMap<>();
    private final Once<Instant> restoredAt = new Once<>("restoredAt");
    private final Once<ClusterStore> store = new Once<>("store");

    private Builder(ApiClient client) {
      this.client = client;
    }

    /**
     * Sets when the restore was verified; required. What is older is out of the snapshot. By this
     * machine's clock; its difference from the API server's is allowed for.
     */
    public Builder restoredAt(Instant time) {
      restoredAt.set(time);
      return this;
    }

    /**
     * Declares a host lost. Called once for each.
     *
     * @param node the name of its node
     * @param addresses its addresses, as far as they are no other host's now
     * @throws IllegalStateException if it was declared lost already
     */
    public Builder lost(String node, String... addresses) {
      String name = ExpectedNode.of(requireNonNull(node, "node"), List.of()).name();
      if (lost.putIfAbsent(name, List.of(addresses)) != null) {
        throw new IllegalStateException(name + " was declared lost already");
      }
      return this;
    }

    /** Sets the store below the API, which some checks need; without it they say so. */
    public Builder store(ClusterStore store) {
      this.store.set(store);
      return this;
    }

    /**
     * {@return the cleaner}
     *
     * @throws IllegalStateException if {@link #restoredAt} is missing
     */
    public ClusterCleaner build() {
      return new ClusterCleaner(
          KubeApi.of(client), new CleanSettings(restoredAt.required(), lost, store.optional()));
    }

    @Override
    public String toString() {
      return "ClusterCleaner at " + client.getBasePath() + ", not built yet";
    }
  }
}
