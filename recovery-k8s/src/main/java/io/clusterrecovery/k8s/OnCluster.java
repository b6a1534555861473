package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Something that a cluster has only if it is of a distribution that knows it.
 *
 * @param <T> what it is
 */
public sealed interface OnCluster<T> {

  /**
   * The cluster knows it.
   *
   * @param value what is there
   */
  record There<T>(T value) implements OnCluster<T> {
    /** Checks for null. */
    public There {
      requireNonNull(value, "value");
    }

    @Override
    public String toString() {
      return value.toString();
    }
  }

  /**
   * The cluster does not know it.
   *
   * @param what what it has no API for, such as {@code machines.machine.openshift.io}
   */
  record Absent<T>(String what) implements OnCluster<T> {
    /** Checks for null. */
    public Absent {
      requireNonNull(what, "what");
    }

    @Override
    public String toString() {
      return what + " is not on this cluster";
    }
  }

  /** {@return what is there, if the cluster knows it} */
  default Optional<T> optional() {
    return this instanceof There<T> there ? Optional.of(there.value()) : Optional.empty();
  }
}
