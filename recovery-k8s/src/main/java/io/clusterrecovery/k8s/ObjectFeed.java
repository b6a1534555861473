package io.clusterrecovery.k8s;

import io.clusterrecovery.Clock;
import java.time.Duration;

/** Tells a store of the objects of one kind. Used by one thread. */
interface ObjectFeed extends AutoCloseable {

  /** Makes one; a test has one whose time is the test's. */
  interface Source {
    /**
     * {@return a feed that has not begun}
     *
     * @param path where the objects are
     */
    ObjectFeed open(KubeApi api, Clock clock, String path, ObjectStore store);
  }

  /**
   * Reads all of them anew.
   *
   * @throws ApiFailure if they can't be read
   */
  void list();

  /**
   * Waits until one has changed since the last call, or the patience is over.
   *
   * @throws ApiFailure if that isn't known; the next call tries anew
   */
  void next(Duration patience);

  /** Stops listening. Never throws. */
  @Override
  void close();
}
