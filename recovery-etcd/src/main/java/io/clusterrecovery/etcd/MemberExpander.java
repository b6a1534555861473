package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Grows etcd by new members, one at a time, without ever betting quorum.
 *
 * <ol>
 *   <li>Asks every voter: all healthy, all with the same list, nothing in flight. Looks from a new
 *       host at the certificate of each member: for the host in its peer URL.
 *   <li>Removes failed members that are to be replaced, once nothing of them answers.
 *   <li>For each new member in turn: adds it as a learner, which does not count for quorum; starts
 *       etcd on its host; promotes it once it is in sync; reads the list back from every voter.
 *   <li>A learner that makes no progress is removed by its id, its etcd stopped once the cluster is
 *       proven not to list it any more, its data moved aside, and it is tried once more. One that
 *       fails otherwise, or twice, is undone likewise. One that votes by then is gone on with; and
 *       if that cannot be known, nothing is undone and the failure says so.
 * </ol>
 *
 * <p>Immutable and thread-safe. Idempotent: a member that votes already is left alone, one that an
 * interrupted run has added is gone on with.
 */
public final class MemberExpander implements RecoveryStep<Membership> {
  private final ExpansionSettings settings;

  private MemberExpander(ExpansionSettings settings) {
    this.settings = settings;
  }

  /** Starts a growth of that cluster. */
  public static Builder on(EtcdCluster cluster) {
    return new Builder(cluster);
  }

  /**
   * Grows, by itself: no journal, no deadline beyond the limits of its waits. The hosts are locked
   * meanwhile, against whoever else would change them.
   *
   * @throws RefusedException if the plan refuses; nothing was changed
   * @throws StepFailedException if it failed after its first change; its message says where the
   *     undoing of an add failed, or could not be dared, so that a learner may be left
   * @throws TimedOutException if a wait reached its limit after the first change; if it waited for
   *     a member to get in sync, that member's add was undone
   */
  public Membership expand() {
    return RunContext.standalone().carryOut(this);
  }

  @Override
  public String operation() {
    return "grow etcd";
  }

  @Override
  public List<RemoteHost> hosts() {
    return Stream.concat(
            settings.adds().stream().map(MemberToAdd::host), settings.hosts().values().stream())
        .toList();
  }

  @Override
  public Prepared<Membership> prepare(RunContext run) {
    return new ExpansionPreparation(settings, operation(), run).prepared();
  }

  @Override
  public String toString() {
    return "MemberExpander[%s by %s]"
        .formatted(settings.cluster(), settings.adds().stream().map(MemberToAdd::name).toList());
  }

  /**
   * What an expander was told.
   *
   * @param hosts hosts of members that are there, by the members' names
   * @param syncLimit how long one member may take from its start to its vote
   * @param stallLimit how long it may make no progress
   * @param returnLimit how long a voter that went away is waited for
   */
  record ExpansionSettings(
      EtcdCluster cluster,
      List<MemberToAdd> adds,
      Map<String, RemoteHost> hosts,
      MemberStarter starter,
      Duration syncLimit,
      Duration stallLimit,
      Duration returnLimit) {}

  /** Collects the settings; each but the members can be given once. Not thread-safe. */
  public static final class Builder {
    private static final Duration DEFAULT_SYNC_LIMIT = Duration.ofMinutes(20);
    private static final Duration DEFAULT_STALL_LIMIT = Duration.ofMinutes(5);
    private static final Duration DEFAULT_RETURN_LIMIT = Duration.ofMinutes(10);

    private final EtcdCluster cluster;
    private final List<MemberToAdd> adds = new ArrayList<>();
    private final Map<String, RemoteHost> hosts = new LinkedHashMap<>();
    private @Nullable MemberStarter starter;
    private @Nullable Duration syncLimit;
    private @Nullable Duration stallLimit;
    private @Nullable Duration returnLimit;

    private Builder(EtcdCluster cluster) {
      this.cluster = requireNonNull(cluster, "cluster");
    }

    /**
     * Adds a member, after those named before.
     *
     * @param name its name, as etcd on the new host is configured
     * @param peerUrl its peer URL, such as {@code https://etcd-1.example.com:2380}
     * @param host the host it will run on; who made it closes it
     * @throws IllegalArgumentException if name or URL cannot be, or were given already
     */
    public Builder add(String name, URI peerUrl, RemoteHost host) {
      return wanted(name, peerUrl, host, Optional.empty());
    }

    /**
     * Replaces a failed member while the others have quorum: it is removed by its id, before
     * anything is added, and the new one added as by {@link #add}. One that answers, by its client
     * endpoint or, to the new host, by its peer port, is not replaced. One that is not listed any
     * more counts as removed by an earlier run where the new host knows so, or the number of voters
     * tells that a member is missing, as with 2 of 3.
     *
     * @param failed the failed member's name, or its id as etcd prints it
     * @param name the new one's name, which may be the same
     * @param peerUrl the new one's peer URL, which may be the same
     * @param host the host it will run on; who made it closes it
     * @throws IllegalArgumentException if name or URL cannot be, or were given already, or the
     *     failed member was
     */
    public Builder replace(String failed, String name, URI peerUrl, RemoteHost host) {
      requireNonNull(failed, "failed");
      if (adds.stream().anyMatch(a -> a.replaces().filter(failed::equals).isPresent())) {
        throw new IllegalArgumentException("'%s' is replaced already".formatted(failed));
      }
      return wanted(name, peerUrl, host, Optional.of(failed));
    }

    private Builder wanted(String name, URI peerUrl, RemoteHost host, Optional<String> replaces) {
      requireNonNull(host, "host");
      MemberToAdd add =
          new MemberToAdd(MemberName.require(name), Urls.requireWithPort(peerUrl), host, replaces);
      if (adds.stream().anyMatch(a -> a.name().equals(name) || a.peerUrl().equals(peerUrl))) {
        throw new IllegalArgumentException(
            "a member '%s' or one at %s was given already".formatted(name, peerUrl));
      }
      adds.add(add);
      return this;
    }

    /**
     * Names the host of a member that is there, so that it is known by its machine id, and not
     * taken for a new host, at whatever address it is reached.
     *
     * @throws IllegalStateException if a host of that member was named already
     */
    public Builder hostOf(String member, RemoteHost host) {
      requireNonNull(member, "member");
      RemoteHost held = hosts.putIfAbsent(member, requireNonNull(host, "host"));
      if (held != null) {
        throw new IllegalStateException(
            "the host of '%s' was set to '%s' already".formatted(member, held.name()));
      }
      return this;
    }

    /**
     * Sets how etcd is started on the new hosts; the systemd unit {@code etcd} by default.
     *
     * @throws IllegalStateException if it was set already
     */
    public Builder starter(MemberStarter starter) {
      this.starter = SetOnce.value("starter", this.starter, starter);
      return this;
    }

    /**
     * Sets how long one member may take from its start to its vote, more than zero; 20 minutes by
     * default.
     *
     * @throws IllegalStateException if it was set already
     */
    public Builder syncLimit(Duration limit) {
      Duration given = Limits.positive("syncLimit", limit);
      this.syncLimit = SetOnce.value("syncLimit", this.syncLimit, given);
      return this;
    }

    /**
     * Sets how long a new member may make no progress, more than zero; 5 minutes by default. Then
     * it is removed by its id, its data moved aside, and it is tried once more. Time in which the
     * cluster itself does not answer, or a voter is away, does not count, unless what it waits for
     * is a second voter that has never started: that is started again.
     *
     * @throws IllegalStateException if it was set already
     */
    public Builder stallLimit(Duration limit) {
      Duration given = Limits.positive("stallLimit", limit);
      this.stallLimit = SetOnce.value("stallLimit", this.stallLimit, given);
      return this;
    }

    /**
     * Sets how long is waited, after each change, until every voter is healthy and lists the same
     * members, more than zero; 10 minutes by default. If a new voter's host fails then, the run
     * goes on when it comes back.
     *
     * @throws IllegalStateException if it was set already
     */
    public Builder returnLimit(Duration limit) {
      Duration given = Limits.positive("returnLimit", limit);
      this.returnLimit = SetOnce.value("returnLimit", this.returnLimit, given);
      return this;
    }

    /**
     * {@return the operation} Checks every setting, without I/O.
     *
     * @throws IllegalStateException if no member was given
     */
    public MemberExpander build() {
      if (adds.isEmpty()) {
        throw new IllegalStateException("no member was given: name one with add(…) or replace(…)");
      }
      MemberStarter how = starter == null ? SystemdEtcd.unit("etcd") : starter;
      return new MemberExpander(
          new ExpansionSettings(
              cluster,
              adds.stream().map(add -> add.addedBy(how)).toList(),
              Map.copyOf(hosts),
              how,
              syncLimit == null ? DEFAULT_SYNC_LIMIT : syncLimit,
              stallLimit == null ? DEFAULT_STALL_LIMIT : stallLimit,
              returnLimit == null ? DEFAULT_RETURN_LIMIT : returnLimit));
    }

    @Override
    public String toString() {
      return "MemberExpander of " + cluster + ", not built yet";
    }
  }
}
