package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.Plan;
import io.clusterrecovery.Prepared;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.StepFailedException;
import io.clusterrecovery.TimedOutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restores a snapshot into a scratch directory on a host and starts etcd on it there, to prove it
 * before it is needed.
 *
 * <ol>
 *   <li>Inspects the snapshot, and looks for room, a tool that restores, and a program of etcd:
 *       that of the host's path, else that of an etcd which runs there, in a container too.
 *   <li>Removes what an earlier rehearsal has left, if it was killed; a copy of the snapshot is
 *       kept and not sent twice.
 *   <li>Copies the snapshot to {@code /var/lib/cluster-recovery/rehearsal}, digest compared, and
 *       restores it there.
 *   <li>Starts etcd on it under another name, on two free ports of the loopback address, where only
 *       this rehearsal's certificate is let in.
 *   <li>Reads with quorum, and compares revision and number of keys with the inspection.
 *   <li>Stops it and removes the directory, however it ended.
 * </ol>
 *
 * <p>The host's own etcd is not touched: neither its ports, its data, nor its unit or manifest. It
 * shares processor, disk and memory with the rehearsal, which takes about as much memory as an etcd
 * with that data does. If the connection breaks, etcd ends by itself after {@value
 * RehearsedEtcd#LIFETIME_MINUTES} minutes, and the next rehearsal removes the rest.
 *
 * <p>One at a time on a host: one that is begun takes what another has there for left over, and
 * that one fails. Immutable and thread-safe; safe to run again.
 */
public final class SnapshotRehearsal implements RecoveryStep<RehearsalResult> {
  private final Builder settings;

  private SnapshotRehearsal(Builder settings) {
    this.settings = settings;
  }

  /**
   * Starts a rehearsal.
   *
   * @param host where to rehearse; who made it closes it
   */
  public static Builder on(RemoteHost host) {
    return new Builder(host);
  }

  /**
   * Rehearses, by itself: no journal, no deadline beyond the limits of its waits.
   *
   * @throws RefusedException if the snapshot is damaged, or the host lacks what it takes; nothing
   *     was changed
   * @throws StepFailedException if the tool or etcd fails on it, or what etcd serves is not what
   *     was inspected; nothing of it is left on the host unless that failed as well
   * @throws TimedOutException if etcd does not serve it in time; likewise
   */
  public RehearsalResult rehearse() {
    return RunContext.standalone().carryOut(this);
  }

  @Override
  public String operation() {
    return "rehearse a restore";
  }

  @Override
  public Prepared<RehearsalResult> prepare(RunContext run) {
    RemoteHost host = settings.host;
    Plan.Builder plan = Plan.of(operation(), settings.snapshot() + " on " + host.name());
    host.forced().forEach(plan::forced);
    Snapshot snapshot = Snapshot.inspect(settings.snapshot());
    RehearsalLook look = RehearsalLook.at(host);
    RehearsalChanges changes = new RehearsalChanges(host.name());
    SnapshotFacts.tell(snapshot, plan);
    look.tell(settings.brought(), plan);
    look.refusals(host.name(), snapshot, settings.brought()).forEach(plan::refuse);
    changes.planned(look, settings.brought()).forEach(plan::change);
    return new Prepared<>(
        plan.build(),
        acting ->
            new RehearsalAct(host, snapshot, look, settings.brought(), acting).result(limit()));
  }

  private Duration limit() {
    return settings.healthyLimit == null ? Builder.DEFAULT_HEALTHY_LIMIT : settings.healthyLimit;
  }

  @Override
  public String toString() {
    return "SnapshotRehearsal[%s on %s]".formatted(settings.snapshot(), settings.host.name());
  }

  /**
   * Programs that the caller brings along.
   *
   * @param etcdutl what restores
   * @param etcd what serves
   */
  record Brought(Optional<Path> etcdutl, Optional<Path> etcd) {}

  /** Collects the settings; each can be set once. Not thread-safe. */
  public static final class Builder {
    private static final Duration DEFAULT_HEALTHY_LIMIT = Duration.ofMinutes(5);

    private final RemoteHost host;
    private @Nullable Path snapshot;
    private @Nullable Path tools;
    private @Nullable Path server;
    private @Nullable Duration healthyLimit;

    private Builder(RemoteHost host) {
      this.host = requireNonNull(host, "host");
    }

    /** Sets the snapshot file on this machine. */
    public Builder fromSnapshot(Path file) {
      this.snapshot = SetOnce.value("fromSnapshot", this.snapshot, file);
      return this;
    }

    /**
     * Brings an {@code etcdutl} along, for hosts without one; it is removed again.
     *
     * @param etcdutl the program on this machine, for the host's system
     */
    public Builder tools(Path etcdutl) {
      this.tools = SetOnce.value("tools", this.tools, etcdutl);
      return this;
    }

    /**
     * Brings an {@code etcd} along, for hosts without one, or to try another version; it is removed
     * again.
     *
     * @param etcd the program on this machine, for the host's system
     */
    public Builder server(Path etcd) {
      this.server = SetOnce.value("server", this.server, etcd);
      return this;
    }

    /** Sets how long etcd may take until it serves, more than zero; 5 minutes by default. */
    public Builder healthyLimit(Duration limit) {
      Duration given = Limits.positive("healthyLimit", limit);
      this.healthyLimit = SetOnce.value("healthyLimit", this.healthyLimit, given);
      return this;
    }

    /**
     * {@return the operation} Checks every setting, without I/O.
     *
     * @throws IllegalStateException if the snapshot is missing
     */
    public SnapshotRehearsal build() {
      SetOnce.required("fromSnapshot(file)", snapshot);
      Builder copy = new Builder(host);
      copy.snapshot = snapshot;
      copy.tools = tools;
      copy.server = server;
      copy.healthyLimit = healthyLimit;
      return new SnapshotRehearsal(copy);
    }

    private Path snapshot() {
      return requireNonNull(snapshot);
    }

    private Brought brought() {
      return new Brought(Optional.ofNullable(tools), Optional.ofNullable(server));
    }

    @Override
    public String toString() {
      return "SnapshotRehearsal on " + host.name() + ", not built yet";
    }
  }
}
