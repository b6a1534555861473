package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** How etcd is started as a new member on a host: {@link SystemdEtcd}, or a caller's own. */
public interface MemberStarter {

  /**
   * Looks at the new host, and adds to the plan what was found and every reason not to start;
   * changes nothing, and adds no changes: those are the expander's.
   */
  Start prepareStart(JoiningMember member, RunContext run, Plan.Builder plan);

  /**
   * A member to be.
   *
   * @param name its name
   * @param peerUrl where the other members will reach it
   * @param host the host it will run on
   * @param stage how far it has come, by the member list
   */
  record JoiningMember(String name, URI peerUrl, RemoteHost host, Stage stage) {}

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
  interface Start {

    /**
     * Starts etcd; returns when it was told to, not when it is in sync.
     *
     * @param initialCluster all members, the new one included, as {@code name=peerUrl}
     */
    void start(List<String> initialCluster);

    /** {@return why etcd will not come up by itself; empty as long as it may} */
    Optional<String> failure();

    /** Removes what was only needed for the start; called when the member is a voter. */
    void settled();

    /** Stops etcd and moves its new, partial data aside; called when the start has to be undone. */
    void undo();
  }
}
