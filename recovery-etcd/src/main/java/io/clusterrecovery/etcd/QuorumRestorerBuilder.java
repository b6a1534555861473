package io.clusterrecovery.etcd;

import static java.util.Objects.requireNonNull;

import io.clusterrecovery.RemoteHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a restore; each can be set once. Not thread-safe. */
public final class QuorumRestorerBuilder {
  private static final Duration DEFAULT_HEALTHY_LIMIT = Duration.ofMinutes(5);

  private final RemoteHost survivor;
  private final Set<String> lost = new LinkedHashSet<>();
  private final Map<String, RemoteHost> memberHosts = new LinkedHashMap<>();
  private boolean withoutChecksum;
  private boolean snapshotsMembers;
  private boolean namingLoss;
  private long lastKnownRevision;
  private Duration oldMembersWatch = OldMembers.WATCHED;
  private Duration healthyLimit = DEFAULT_HEALTHY_LIMIT;
  private boolean withoutSafetySnapshots;
  private @Nullable Path safetyFolder;
  private @Nullable Duration snapshotAge;
  private @Nullable EtcdCluster etcd;
  private @Nullable Path snapshot;
  private boolean ownData;
  private @Nullable String memberName;
  private @Nullable URI peerUrl;
  private @Nullable RestoreMethod method;

  QuorumRestorerBuilder(RemoteHost survivor) {
    this.survivor = requireNonNull(survivor, "survivor");
  }

  /** Sets where the survivor's own etcd is reached; its first endpoint is asked. */
  public QuorumRestorerBuilder etcd(EtcdCluster etcd) {
    this.etcd = SetOnce.value("etcd", this.etcd, etcd);
    return this;
  }

  /** Sets the snapshot file on this machine. */
  public QuorumRestorerBuilder fromSnapshot(Path file) {
    this.snapshot = SetOnce.value("fromSnapshot", this.snapshot, file);
    return this;
  }

  /**
   * Says that the survivor goes on with the data it has, instead of a snapshot's: nothing that it
   * knows is lost. What it lacks of the last moments, nobody can tell.
   */
  public QuorumRestorerBuilder fromOwnData() {
    this.ownData = true;
    return this;
  }

  /**
   * Sets the member that will be the restored cluster's only one.
   *
   * @param name its name, as the host's etcd is configured
   * @param peerUrl its peer URL, such as {@code https://etcd-0.example.com:2380}
   */
  public QuorumRestorerBuilder member(String name, URI peerUrl) {
    this.memberName = SetOnce.value("member", this.memberName, MemberName.require(name));
    this.peerUrl = Urls.requireWithPort(peerUrl);
    return this;
  }

  /**
   * Vouches that these members are off for good; may be called more than once. Members that only
   * the snapshot names are asked too, since they may run still.
   *
   * @param names their names, or the ids of members that have none
   */
  public QuorumRestorerBuilder lost(String... names) {
    for (String name : names) {
      lost.add(MemberName.require(name));
    }
    return this;
  }

  /**
   * Gives access to another member's host; may be called for each of them. What runs there is then
   * evidence, in place of a vouch. Before anything is destroyed on the survivor, etcd and what uses
   * it are stopped there, and kept from starting, by the {@link RestoreMethod}.
   *
   * @param name the member's name, or its id if it has none
   * @param host its host; who made it closes it
   * @throws IllegalArgumentException if that member's host was given already
   */
  public QuorumRestorerBuilder memberHost(String name, RemoteHost host) {
    if (memberHosts.putIfAbsent(MemberName.require(name), requireNonNull(host, "host")) != null) {
      throw new IllegalArgumentException("the host of member '%s' was given".formatted(name));
    }
    return this;
  }

  /** Sets how this host's etcd is restored. */
  public QuorumRestorerBuilder method(RestoreMethod method) {
    this.method = SetOnce.value("method", this.method, method);
    return this;
  }

  /**
   * Forces a restore from a file without a checksum, such as a copied {@code member/snap/db}:
   * flipped bits in it cannot be noticed. Shown in plan and report.
   */
  public QuorumRestorerBuilder acceptSnapshotWithoutChecksum() {
    this.withoutChecksum = true;
    return this;
  }

  /**
   * Forces a restore while the survivor's etcd does not answer, by the member list in the snapshot:
   * members who joined after it was taken are not asked. Shown in plan and report.
   */
  public QuorumRestorerBuilder acceptMemberListOfSnapshot() {
    this.snapshotsMembers = true;
    return this;
  }

  /**
   * Names in the plan what would be lost: what the survivor's own data holds and the snapshot does
   * not, by kind and name. For that each look copies the survivor's database to this machine, into
   * a temporary folder that only its owner can read, and removes it again.
   */
  public QuorumRestorerBuilder namingLoss() {
    this.namingLoss = true;
    return this;
  }

  /**
   * Accepts a snapshot whose newest change is that old at most; 24 hours by default. What was
   * written since is lost. Shown in plan and report.
   *
   * @param age more than zero
   */
  public QuorumRestorerBuilder acceptSnapshotAge(Duration age) {
    Duration given = Limits.positive("acceptSnapshotAge", age);
    this.snapshotAge = SetOnce.value("acceptSnapshotAge", this.snapshotAge, given);
    return this;
  }

  /**
   * Sets the highest resource version that the caller has seen of this cluster, in any object, log
   * or cache; more than zero. Restored revisions begin above it by a billion at least.
   */
  public QuorumRestorerBuilder lastKnownResourceVersion(long version) {
    if (version <= 0) {
      throw new IllegalArgumentException("a resource version is more than zero, was " + version);
    }
    if (lastKnownRevision != 0) {
      throw new IllegalStateException(
          "lastKnownResourceVersion was set to '%d' already".formatted(lastKnownRevision));
    }
    this.lastKnownRevision = version;
    return this;
  }

  /**
   * Sets for how long after its verification the restored etcd's log is watched for members of the
   * old cluster that still run and ask to join; more than zero, 5 seconds by default. What is
   * restarted meanwhile counts.
   */
  public QuorumRestorerBuilder oldMembersWatch(Duration watch) {
    this.oldMembersWatch = Limits.positive("oldMembersWatch", watch);
    return this;
  }

  /**
   * Sets where on this machine snapshots are kept that are taken for safety, mode 0600: {@code
   * RUN-before.db} of the survivor, before anything is changed, where its etcd answers; and {@code
   * RUN-after.db} of the restored etcd. By default {@code
   * ${XDG_STATE_HOME:-~/.local/state}/cluster-recovery/snapshots}. They hold the cluster's secrets,
   * and are never removed.
   */
  public QuorumRestorerBuilder safetySnapshotsIn(Path folder) {
    this.safetyFolder =
        SetOnce.value("safetySnapshotsIn", this.safetyFolder, folder.toAbsolutePath());
    return this;
  }

  /**
   * Forces a restore without snapshots for safety; what the survivor has is moved aside all the
   * same. Shown in plan and report.
   */
  public QuorumRestorerBuilder withoutSafetySnapshots() {
    this.withoutSafetySnapshots = true;
    return this;
  }

  /**
   * Sets how long the restored etcd may take to be healthy, more than zero; 5 minutes by default.
   */
  public QuorumRestorerBuilder healthyLimit(Duration limit) {
    this.healthyLimit = Limits.positive("healthyLimit", limit);
    return this;
  }

  /**
   * {@return the operation} Checks every setting, without I/O.
   *
   * @throws IllegalStateException if a setting is missing, or there is both a snapshot and own data
   *     to restore from
   * @throws IllegalArgumentException if the survivor is also called lost
   */
  public QuorumRestorer build() {
    SetOnce.required("etcd(cluster)", etcd);
    if (ownData == (snapshot != null)) {
      throw new IllegalStateException(
          "give one of fromSnapshot(file) and fromOwnData(); fromSnapshot holds " + snapshot);
    }
    return new QuorumRestorer(
        new RestoreSettings(
            survivor,
            requireNonNull(etcd),
            Optional.ofNullable(snapshot),
            SetOnce.required("member(name, peerUrl)", memberName),
            requireNonNull(peerUrl),
            SetOnce.required("method(…)", method),
            lost,
            memberHosts,
            withoutChecksum,
            snapshotsMembers,
            namingLoss,
            Optional.ofNullable(snapshotAge),
            lastKnownRevision,
            oldMembersWatch,
            safetyFolder == null ? defaultFolder() : safetyFolder,
            withoutSafetySnapshots,
            healthyLimit));
  }

  private static Path defaultFolder() {
    return Optional.ofNullable(System.getenv("XDG_STATE_HOME"))
        .filter(configured -> !configured.isEmpty())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state"))
        .resolve("cluster-recovery/snapshots")
        .toAbsolutePath();
  }

  @Override
  public String toString() {
    return "QuorumRestorer on " + survivor.name() + ", not built yet";
  }
}
