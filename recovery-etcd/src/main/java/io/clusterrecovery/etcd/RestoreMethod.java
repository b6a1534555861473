package io.clusterrecovery.etcd;

import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import java.net.URI;
import java.util.function.Consumer;

/** How a distribution restores etcd on a host: {@link SystemdEtcd}, or a caller's own. */
public interface RestoreMethod {

  /**
   * Looks at the host, and adds to the plan what was found, what would be changed, and every reason
   * not to start; changes nothing.
   *
   * @return the way to carry it out
   */
  Restoration prepare(Order order, RunContext run, Plan.Builder plan);

  /**
   * Restarts what holds a cache of etcd's content, after the restored etcd was verified.
   *
   * @return carries out what was added to the plan
   */
  Consumer<RunContext> prepareRestart(RemoteHost host, RunContext run, Plan.Builder plan);

  /** A restore that was prepared. */
  interface Restoration {

    /**
     * {@return whether an earlier attempt of the same run has put the restored data in place
     * already} Then quorum of the restored cluster is no reason to refuse.
     */
    boolean inPlace();

    /**
     * {@return whether etcd was ready on the host when it was looked at} Then its endpoint has to
     * answer; one that is still starting, as it does without quorum, need not.
     */
    boolean serving();

    /**
     * Carries out what was added to the plan: calls {@link Order#proof()} right before the first
     * destructive change, skips what an interrupted attempt of the same run has done, and returns
     * when etcd was told to start. What became of it is verified by the caller.
     */
    void carryOut(RunContext run);
  }

  /**
   * What is to be restored.
   *
   * @param host the surviving host
   * @param snapshot a snapshot that was inspected
   * @param memberName the name of the only member of the restored cluster
   * @param peerUrl its peer URL
   * @param token the restored cluster's token, fresh for each run
   * @param proof proves once more that quorum is lost, and throws if it is not
   */
  record Order(
      RemoteHost host,
      Snapshot snapshot,
      String memberName,
      URI peerUrl,
      String token,
      Runnable proof) {}
}
