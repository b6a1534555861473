package io.clusterrecovery.etcd;

import io.clusterrecovery.Change;
import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.RunId;
import java.net.URI;
import java.util.List;
import java.util.Optional;
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
   * Looks at the host, and adds to the plan how its etcd is made a cluster of one by the data it
   * has; changes nothing. By default that is refused.
   *
   * @return the way to carry it out
   */
  default Restoration prepareOwnData(OwnDataOrder order, RunContext run, Plan.Builder plan) {
    plan.refuse(
        Code.ETCD_CONFIG_UNSUPPORTED,
        "%s restores from a snapshot only.".formatted(this),
        "Give a snapshot with fromSnapshot(…).");
    return new RefusedRestoration();
  }

  /**
   * Restarts what holds a cache of etcd's content, after the restored etcd was verified.
   *
   * @param revisionsRaised whether {@link Restoration#raisesRevisions}
   * @return carries out what was added to the plan
   */
  Consumer<RunContext> prepareRestart(
      RemoteHost host, boolean revisionsRaised, RunContext run, Plan.Builder plan);

  /**
   * Looks at another member's host, and adds to the plan how etcd and what uses it are stopped and
   * kept from starting there, also after a reboot; changes nothing. Where that is so already,
   * nothing is added.
   *
   * @param other the host of another member, which answers
   * @return carries out what was added; safe to repeat. By default nothing is stopped, and a host
   *     where etcd runs is refused
   */
  default Consumer<RunContext> prepareFence(RemoteHost other, RunContext run, Plan.Builder plan) {
    if (HostSight.of(other).etcd() == HostSight.Etcd.RUNS) {
      plan.refuse(
          Code.ETCD_CONFIG_UNSUPPORTED,
          "etcd runs on %s, and %s cannot stop it there.".formatted(other.name(), this),
          "Stop it there by hand, so that it stays stopped after a reboot.");
    }
    return nothing -> {};
  }

  /**
   * Tells where etcd keeps its data on the host, so that the survivor's own data can say which
   * cluster it is of and who its members are; changes nothing.
   *
   * @param host the surviving host
   * @return the directory that holds {@code member}; by default it is not known
   */
  default Optional<String> dataDirectory(RemoteHost host) {
    return Optional.empty();
  }

  /**
   * Looks at what a restore has moved on the survivor, and adds to the plan how it is put back:
   * data, manifests, units as they were; changes nothing.
   *
   * @param host the survivor
   * @param undone the run of that restore
   * @return the way to carry it out. By default nothing can be put back, and that is refused
   */
  default Undo prepareUndo(RemoteHost host, RunId undone, RunContext run, Plan.Builder plan) {
    plan.refuse(
        Code.ETCD_CONFIG_UNSUPPORTED,
        "%s cannot put back what it has moved on %s.".formatted(this, host.name()),
        "Put it back by hand, from " + RestoreRecord.folder(undone) + ".");
    return new Undo(Undo.Stage.NOT_MOVED, nothing -> {});
  }

  /**
   * Looks at what {@link #prepareFence} has stopped on a host, and adds to the plan how it is let
   * start again, and started if it ran before; changes nothing.
   *
   * @return carries out what was added; by default nothing
   */
  default Consumer<RunContext> prepareUnfence(RemoteHost other, RunContext run, Plan.Builder plan) {
    return nothing -> {};
  }

  /**
   * The way to put back what a restore has moved.
   *
   * @param stage how far the restore has come
   * @param act carries out what was added to the plan; safe to repeat
   */
  record Undo(Stage stage, Consumer<RunContext> act) {

    /** How far a restore has come. */
    public enum Stage {
      /** The old data is where it was. */
      NOT_MOVED,
      /** The old data is aside, and nothing is in its place. */
      MOVED_ASIDE,
      /** The restored data is in its place. */
      RESTORED
    }
  }

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
     * Carries out what was added to the plan: calls {@link Order#gate()} right before the first
     * destructive change, skips what an interrupted attempt of the same run has done, and returns
     * when etcd was told to start. What became of it is verified by the caller.
     */
    void carryOut(RunContext run);

    /**
     * {@return whether the restored etcd's revisions are above whatever was seen} Where they are
     * not, watchers may have seen newer ones, and have to be restarted.
     */
    default boolean raisesRevisions() {
      return false;
    }

    /**
     * {@return what the restored etcd has logged since it was started: the newest lines that hold
     * one of those phrases, a few dozen at most; by default none are known}
     */
    default List<String> logged(List<String> phrases) {
      return List.of();
    }

    /**
     * {@return in which state the host's data is, as a sentence for whoever reads of a failure;
     * looks at the host anew}
     */
    default String state() {
      return "";
    }
  }

  /**
   * What is to be restored.
   *
   * @param host the surviving host
   * @param snapshot a snapshot that was inspected
   * @param memberName the name of the only member of the restored cluster
   * @param peerUrl its peer URL
   * @param token the restored cluster's token, fresh for each run
   * @param revisionBump what is added to the snapshot's revision, where the tool can do that
   * @param gate what stands before the first destructive change
   */
  record Order(
      RemoteHost host,
      Snapshot snapshot,
      String memberName,
      URI peerUrl,
      String token,
      long revisionBump,
      Gate gate) {}

  /**
   * A survivor that is to go on alone with its own data.
   *
   * @param host the surviving host
   * @param etcd how its etcd is reached
   * @param memberName the name of the only member there will be
   * @param peerUrl its peer URL
   * @param learners whether the cluster has learners
   * @param gate what stands before the first destructive change
   */
  record OwnDataOrder(
      RemoteHost host,
      EtcdCluster etcd,
      String memberName,
      URI peerUrl,
      boolean learners,
      Gate gate) {}

  /** What stands before the first destructive change of a restore. */
  interface Gate {

    /**
     * {@return what is changed on other hosts when the gate is passed} A method adds it to its plan
     * where it will call {@link #pass}.
     */
    List<Change> changes();

    /**
     * Begins to prove once more that quorum is lost, beside what a method has to do before its
     * first destructive change; silent members take seconds to be told from slow ones. A method may
     * call it before each of several things: what was begun in the last 10 seconds goes on.
     */
    void approach(RunContext run);

    /**
     * Proves once more that quorum is lost, and throws if it is not; then fences the other hosts. A
     * proof that {@link #approach} began counts if that was not more than 30 seconds before.
     */
    void pass(RunContext run);
  }
}
