package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Approves the client and then the serving certificate request of each expected node, and nothing
 * else.
 *
 * <ol>
 *   <li>Every request of the cluster is judged by a list of small named rules, those of expected
 *       nodes again whenever something changes, which one watch tells.
 *   <li>One that keeps them all, and has been there alone for the rival wait, is approved, at the
 *       very version that was judged.
 *   <li>That goes on until both certificates of each node are issued; then all is read back, and
 *       the issued certificates are compared with what was asked for.
 * </ol>
 *
 * <p>A request that breaks a rule is left pending, never denied: a denial can't be undone. Several
 * requests of one node with different keys are all left alone, since which is its kubelet's can't
 * be told from the API; the node's host settles that, or {@link Builder#approveRequest}, or {@link
 * Builder#allowNewest}.
 *
 * <p>Clusters older than Kubernetes 1.19 are spoken to in {@code v1beta1}; before 1.18, where
 * requests name no signer, usages, subject and names tell what one asks for.
 *
 * <p>What its client has to be allowed is in {@code docs/csr-approver-role.yaml}, a role; what is
 * missing of it is a refusal of the plan.
 *
 * <p>Immutable and thread-safe. Safe to run again as long as Kubernetes keeps the approved
 * requests, which is an hour; a resumed run remembers for longer.
 */
public final class CsrApprover implements RecoveryStep<CsrReport> {
  static final String OPERATION = "approve certificate requests";
  static final String ISSUED = "issued/";

  private final KubeApi api;
  private final CsrSettings settings;
  private final ObjectFeed.Source feeds;

  private CsrApprover(KubeApi api, CsrSettings settings, ObjectFeed.Source feeds) {
    this.api = api;
    this.settings = settings;
    this.feeds = feeds;
  }

  /**
   * {@return a builder of an approver for a cluster}
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
   * Approves what is expected; blocks until each node's certificates are issued.
   *
   * @return every request that was seen, with what every rule says about it
   * @throws RecoveryException if the API can't be used, requests can't be told apart, or a wait
   *     reaches its limit; approvals given until then stay, and running it again goes on from there
   */
  public CsrReport approve() {
    return RunContext.standalone().carryOut(this);
  }

  @Override
  public Prepared<CsrReport> prepare(RunContext run) {
    ApiCalls calls = new ApiCalls(api, run);
    CsrApi csrs = calls.read("discover the API", () -> CsrApi.discover(api));
    CsrObserver observer = observer(csrs, run.clock());
    Instant limit = calls.read("compare clocks", () -> createdAfter(run, observer));
    CsrJudge judge = new CsrJudge(settings, limit);
    List<Judged> seen =
        calls.read("list certificate requests", () -> judge.judge(observer.readAll()));
    List<String> todo =
        settings.names().stream().filter(n -> run.remembered(ISSUED + n).isEmpty()).toList();
    List<String> denied =
        calls.read("ask for permissions", () -> new Permissions(api).missingToApprove(csrs));
    return new Prepared<>(
        CsrPlanner.plan(api.address(), settings, todo, seen, denied),
        own -> new CsrRun(api, csrs, observer, judge, todo, own).approve());
  }

  private CsrObserver observer(CsrApi csrs, Clock clock) {
    Set<String> nodes = settings.nodes().keySet();
    return new CsrObserver(
        api, csrs, clock, nodes, feeds, new KubeletHosts(settings.hosts(), clock));
  }

  /** The limit by the API server's clock; a resumed run keeps the first. */
  private Instant createdAfter(RunContext run, CsrObserver observer) {
    Instant limit = observer.askTime().earliest(settings.createdAfter(), run.clock());
    return Instant.parse(run.once("created-after", limit::toString));
  }

  @Override
  public String toString() {
    return OPERATION + " of " + String.join(", ", settings.names()) + " at " + api.address();
  }

  /** Collects what an approver needs. Each setter may be called once. Not thread-safe. */
  public static final class Builder {
    private final ApiClient client;
    private final Map<String, ExpectedNode> nodes = new LinkedHashMap<>();
    private final Set<String> lost = new LinkedHashSet<>();
    private final Set<String> named = new LinkedHashSet<>();
    private final Map<String, RemoteHost> hosts = new LinkedHashMap<>();
    private boolean newest;
    private final Once<Instant> createdAfter = new Once<>("createdAfter");
    private final Once<Requester> requester = new Once<>("requester");
    private final Once<Duration> rivalWait = new Once<>("rivalWait");
    private final Once<Duration> clientLimit = new Once<>("clientLimit");
    private final Once<Duration> servingLimit = new Once<>("servingLimit");

    private ObjectFeed.Source feeds = WatchedObjects::new;

    private Builder(ApiClient client) {
      this.client = client;
    }

    Builder feeds(ObjectFeed.Source instead) {
      feeds = instead;
      return this;
    }

    /**
     * Expects a node. Called once for each.
     *
     * @param name the node's name, as its kubelet registers it; also one of its DNS names
     * @param address an IP address or DNS name that its serving certificate may carry
     * @param more further ones; a request with any other is left alone
     * @throws IllegalArgumentException if the name cannot be a node's, or an address is neither
     * @throws IllegalStateException if that node is expected already
     */
    public Builder expectNode(String name, String address, String... more) {
      List<String> addresses = new ArrayList<>(List.of(more));
      addresses.add(requireNonNull(address, "address"));
      ExpectedNode node = ExpectedNode.of(requireNonNull(name, "name"), addresses);
      if (nodes.putIfAbsent(name, node) != null) {
        throw new IllegalStateException("node " + name + " is expected already");
      }
      return this;
    }

    /**
     * Expects a node whose host can be reached. Then only requests count that were posted after the
     * kubelet that runs there now was started, or whose key is on its disk with a certificate; they
     * don't wait for rivals, but exactly one key must be left. Needs root on the host, and openssl
     * there to compare keys below {@code /var/lib/kubelet/pki}.
     *
     * @param host stays the caller's
     */
    public Builder expectNode(String name, List<String> addresses, RemoteHost host) {
      requireNonNull(host, "host");
      if (addresses.isEmpty()) {
        throw new IllegalArgumentException("node " + name + " has no address");
      }
      String[] more = addresses.subList(1, addresses.size()).toArray(String[]::new);
      expectNode(name, addresses.get(0), more);
      hosts.put(name, host);
      return this;
    }

    /**
     * Sets the time before which a request is not of this recovery, such as when the restore was
     * verified; required. By this machine's clock; its difference from the API server's is measured
     * and allowed for.
     */
    public Builder createdAfter(Instant time) {
      createdAfter.set(time);
      return this;
    }

    /** Sets who may ask for client certificates; {@link Requester#bootstrapTokens()} by default. */
    public Builder requester(Requester requester) {
      this.requester.set(requester);
      return this;
    }

    /**
     * Declares that the old hosts of these names are lost, so that a new host may take over the
     * name although an older Node or Machine object of it is there.
     */
    public Builder lost(String... names) {
      lost.addAll(List.of(names));
      return this;
    }

    /**
     * Names the request to approve where several of one node have different keys. A forcing: it
     * shows in plan and report. Every other rule still has to hold.
     */
    public Builder approveRequest(String name) {
      named.add(requireNonNull(name, "name"));
      return this;
    }

    /**
     * Takes the newest of several requests of one node that have different keys, once it has been
     * that for the rival wait. A forcing: whoever holds a bootstrap token can post the newest.
     * Shows in plan and report. Every other rule still has to hold.
     */
    public Builder allowNewest() {
      newest = true;
      return this;
    }

    /**
     * Sets how long a request must have been there without another of the same node; 10 s by
     * default. Less is a forcing, and shows in plan and report.
     */
    public Builder rivalWait(Duration wait) {
      rivalWait.set(Once.notNegative(wait, "rivalWait"));
      return this;
    }

    /** Sets how long to wait for the client certificates, more than zero; 20 min by default. */
    public Builder clientLimit(Duration limit) {
      clientLimit.set(Once.positive(limit, "clientLimit"));
      return this;
    }

    /**
     * Sets how long to wait for the serving certificates after that, more than zero; 10 min by
     * default.
     */
    public Builder servingLimit(Duration limit) {
      servingLimit.set(Once.positive(limit, "servingLimit"));
      return this;
    }

    /**
     * {@return the approver}
     *
     * @throws IllegalStateException if no node is expected, two nodes share an address, or {@link
     *     #createdAfter} is missing
     */
    public CsrApprover build() {
      @Nullable String problem = ExpectedNodes.problem(nodes.values());
      if (problem != null) {
        throw new IllegalStateException(problem);
      }
      CsrSettings settings =
          new CsrSettings(
              nodes,
              createdAfter.required(),
              requester.or(Requester.bootstrapTokens()),
              lost,
              named,
              newest,
              hosts,
              rivalWait.or(CsrSettings.RIVAL_WAIT),
              clientLimit.or(CsrSettings.CLIENT_LIMIT),
              servingLimit.or(CsrSettings.SERVING_LIMIT));
      return new CsrApprover(KubeApi.of(client), settings, feeds);
    }

    @Override
    public String toString() {
      return "CsrApprover of " + nodes.keySet() + ", not built yet";
    }
  }
}
