package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Has OpenShift's operators roll the control plane's pods out anew on every host, as is needed
 * after a restore (OpenShift 4.4 and later).
 *
 * <ol>
 *   <li>The operators of etcd, the API server, the controller manager and the scheduler are told a
 *       reason for it ({@code forceRedeploymentReason}), one after the other; those that were told
 *       the same one before are only awaited.
 *   <li>Each is awaited before the next: it has made a new revision, every host runs that, and it
 *       says itself that it is done.
 * </ol>
 *
 * <p>Where the cluster has no such operators it says so, and that is all. API servers that go away
 * meanwhile are waited for. What its client has to be allowed is in {@code
 * docs/operator-redeployer-role.yaml}, a role. Immutable and thread-safe; safe to run again with
 * the same reason.
 */
public final class OperatorRedeployer implements RecoveryStep<OnCluster<List<Redeployed>>> {
  private static final String OPERATION = "redeploy the control plane's operators";
  private static final Duration LIMIT = Duration.ofMinutes(30);
  static final String GROUP = "operator.openshift.io";
  static final List<ApiResource> OPERATORS =
      List.of(
          new ApiResource(GROUP, "v1", "etcds"),
          new ApiResource(GROUP, "v1", "kubeapiservers"),
          new ApiResource(GROUP, "v1", "kubecontrollermanagers"),
          new ApiResource(GROUP, "v1", "kubeschedulers"));

  private final KubeApi api;
  private final String reason;
  private final Duration limit;

  private OperatorRedeployer(KubeApi api, String reason, Duration limit) {
    this.api = api;
    this.reason = reason;
    this.limit = limit;
  }

  /**
   * {@return a builder of a redeployer for a cluster}
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
   * Has all of them rolled out; blocks until the last is done.
   *
   * @return what every host runs now, or that the cluster has no such operators
   * @throws RecoveryException if the API can't be used, or an operator isn't done at its limit;
   *     what it was told stays, and running it again awaits it
   */
  public OnCluster<List<Redeployed>> redeploy() {
    return RunContext.standalone().carryOut(this);
  }

  @Override
  public Prepared<OnCluster<List<Redeployed>>> prepare(RunContext run) {
    Map<ApiResource, Operator> there =
        new ApiCalls(api, run).read("read the control plane's operators", this::read);
    Plan.Builder plan = Plan.of(OPERATION, api.address());
    OPERATORS.forEach(
        kind -> {
          Operator operator = there.get(kind);
          plan.fact(kind.toString(), operator == null ? "not on this cluster" : operator.reason());
          if (operator != null && !operator.reason().equals(reason)) {
            plan.change(RedeployRun.change(kind, operator, reason));
          }
        });
    return there.isEmpty()
        ? new Prepared<>(plan.build(), own -> new OnCluster.Absent<>("operators." + GROUP))
        : new Prepared<>(
            plan.build(),
            own -> new OnCluster.There<>(new RedeployRun(api, reason, limit, own).all(there)));
  }

  private Map<ApiResource, Operator> read() {
    Map<ApiResource, Operator> there = new LinkedHashMap<>();
    for (ApiResource kind : OPERATORS) {
      if (kind.isOn(api)) {
        api.find(kind.path() + "/cluster").ifPresent(o -> there.put(kind, Operator.read(o.body())));
      }
    }
    return there;
  }

  @Override
  public String toString() {
    return OPERATION + " at " + api.address();
  }

  /** Collects what a redeployer needs. Not thread-safe. */
  public static final class Builder {
    private final ApiClient client;
    private final Once<String> reason = new Once<>("reason");
    private final Once<Duration> limit = new Once<>("limit");

    private Builder(ApiClient client) {
      this.client = client;
    }

    /**
     * Sets the reason that the operators are told; required, and another one than ever before, such
     * as {@code recovery-2024-05-01T10:00Z}: the same one again changes nothing.
     */
    public Builder reason(String reason) {
      if (requireNonNull(reason, "reason").isBlank()) {
        throw new IllegalArgumentException("the reason must not be blank");
      }
      this.reason.set(reason);
      return this;
    }

    /** Sets how long each operator may take, more than zero; 30 min by default. */
    public Builder limit(Duration limit) {
      this.limit.set(Once.positive(limit, "limit"));
      return this;
    }

    /**
     * {@return the redeployer}
     *
     * @throws IllegalStateException if {@link #reason} is missing
     */
    public OperatorRedeployer build() {
      return new OperatorRedeployer(KubeApi.of(client), reason.required(), limit.or(LIMIT));
    }

    @Override
    public String toString() {
      return "OperatorRedeployer at " + client.getBasePath() + ", not built yet";
    }
  }
}
