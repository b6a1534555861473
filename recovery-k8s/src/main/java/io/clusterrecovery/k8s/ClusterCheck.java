package io.clusterrecovery.k8s;

/**
 * One thing that a restore may have left in a cluster.
 *
 * @param <F> what it looks at
 */
interface ClusterCheck<F> {
  /** {@return its stable name} */
  String name();

  /** Collects what is there, and judges nothing. */
  F observe(KubeApi api, CleanSettings settings);

  /** Judges it: a pure function. */
  Diagnosis judge(F facts, CleanSettings settings);

  /** {@return what is there now, judged} */
  default Diagnosis look(KubeApi api, CleanSettings settings) {
    return judge(observe(api, settings), settings);
  }
}
