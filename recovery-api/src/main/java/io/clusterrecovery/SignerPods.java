package io.clusterrecovery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * The port through which the pod that signs etcd's certificates is made and taken away, while
 * masters of OpenShift 4.1 are made anew: {@code openshift-config/etcd-signer}. It signs for
 * whoever reaches it, so it must not stay.
 *
 * <p>There is one such pod at most. Calls are repeated where their answer was lost; a failure is a
 * {@link RecoveryException}.
 */
public interface SignerPods {

  /** {@return the pod of that name that is there, whoever made it} */
  Optional<Pod> find(RunContext run);

  /**
   * Creates the pod, marked with the run that did it; if this run has created it already, nothing
   * is done.
   *
   * @param manifest the pod as YAML; it has to be named {@code etcd-signer} in {@code
   *     openshift-config}, and to use the host's network
   * @param host the value of the label {@code kubernetes.io/hostname} of the node that it is pinned
   *     to, which the manifest has to say too
   * @param life after how long the kubelet ends it, whatever becomes of this program; 1 s or more
   * @throws RecoveryException if the manifest is another one, or a pod of that name is there that
   *     this run has not created
   */
  void create(String manifest, String host, Duration life, RunContext run);

  /**
   * Deletes that pod, and no other of its name; returns when the API has taken that, while the
   * kubelet still ends it. One that is gone already is fine.
   */
  void delete(Pod pod, RunContext run);

  /**
   * The pod as the API knows it.
   *
   * @param uid which one it is among all of that name there ever were
   * @param run the run that created it; empty if it was not this SDK
   * @param host the label of the node that it is pinned to; empty if it is pinned to none
   * @param state in words, such as {@code Running}
   */
  record Pod(String uid, Optional<String> run, String host, String state) {
    /** Checks for null. */
    public Pod {
      requireNonNull(uid, "uid");
      requireNonNull(run, "run");
      requireNonNull(host, "host");
      requireNonNull(state, "state");
    }

    /** {@return whether that run has created it} */
    public boolean isOf(RunId id) {
      return run.filter(id.value()::equals).isPresent();
    }
  }
}
