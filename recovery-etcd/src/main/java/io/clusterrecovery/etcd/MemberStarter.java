package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How etcd is started as a new member on a host: {@link SystemdEtcd}, {@link KubeadmJoin}, or a
 * caller's own.
 *
 * <p>The shortest of a caller's own is {@code (member, run, plan) -> cluster -> start(cluster)},
 * which starts etcd with the given {@code initial-cluster} and the state {@code existing}.
 */
@FunctionalInterface
public interface MemberStarter {

  /**
   * Looks at the new host, and adds to the plan what was found and every reason not to start;
   * changes nothing, and adds no changes: those are the expander's.
   */
  Start prepareStart(JoiningMember member, RunContext run, Plan.Builder plan);

  /**
   * {@return whether what it starts etcd with adds the member itself, as scripts of a distribution
   * do} Then {@link Start#add} is called in place of the expander's own add, it adds a voter, and a
   * member that was added but never started is removed by its id before that, as long as the others
   * have quorum.
   */
  default boolean addsMember() {
    return false;
  }

  /**
   * A member to be.
   *
   * @param name its name
   * @param peerUrl where the other members will reach it
   * @param host the host it will run on
   * @param stage how far it has come, by the member list
   * @param clusterId the id of the cluster that it joins
   * @param members the members of that cluster
   */
  record JoiningMember(
      String name,
      URI peerUrl,
      RemoteHost host,
      Stage stage,
      String clusterId,
      List<EtcdMember> members) {

    /** Copies the list. */
    public JoiningMember {
      members = List.copyOf(members);
    }

    static JoiningMember of(MemberToAdd add, Stage stage, List<VoterReport> reports) {
      String cluster = VoterReport.clusterId(reports).orElse("");
      return new JoiningMember(
          add.name(), add.peerUrl(), add.host(), stage, cluster, MembershipRules.members(reports));
    }
  }

  /** How far a member has come. */
  enum Stage {
    /** The cluster does not know it. */
    NEW,
    /** The cluster lists it, but it has never started. */
    UNSTARTED,
    /** It runs, and does not vote yet. */
    LEARNER,
    /** It votes. */
    VOTER
  }

  /** Starts etcd on the new host, and stops it again if that has to be undone. */
  @FunctionalInterface
  interface Start {

    /**
     * {@return how a plan shows that old data is moved out of the way before the member is added;
     * empty if there is none}
     */
    default Optional<Change> clearing() {
      return Optional.empty();
    }

    /** Moves old data out of the way; called before the member is added, if there is any. */
    default void clear() {}

    /**
     * Adds the member; only called if {@link MemberStarter#addsMember}. What was begun before is
     * gone on with.
     */
    default void add() {
      throw new UnsupportedOperationException("the starter does not add the member itself");
    }

    /**
     * Starts etcd; returns when it was told to, not when it is in sync. Called again where it
     * failed and the member cannot be removed, since quorum needs it.
     *
     * @param initialCluster all members, the new one included, as {@code name=peerUrl}
     */
    void start(List<String> initialCluster);

    /** {@return why etcd will not come up by itself; empty as long as it may} */
    default Optional<String> failure() {
      return Optional.empty();
    }

    /**
     * {@return whether what was started promotes the member itself} Then that is waited for, since
     * it may fail when another is first.
     */
    default boolean promotes() {
      return false;
    }

    /** {@return how many bytes of a database etcd holds by now; empty if that is not known} */
    default OptionalLong received() {
      return OptionalLong.empty();
    }

    /**
     * {@return how the record shows that what adds the member is ended; empty if nothing of it
     * runs} Asked when the add or the start has failed, before the member list is: what runs on
     * could add the member after that.
     */
    default Optional<Change> ending() {
      return Optional.empty();
    }

    /** Ends what adds the member; called if there is an {@link #ending}. */
    default void end() {}

    /** Removes what was only needed for the start; called when the member is a voter. */
    default void settled() {}

    /**
     * Stops etcd and moves its new, partial data aside; called when the start has to be undone,
     * once the cluster does not list the member any more. By default nothing is done, and etcd ends
     * by itself; then what it leaves has to be looked for by {@link #prepareStart}.
     */
    default void undo() {}
  }
}
