package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;

/** What is known of the objects of one kind. Used by one thread. */
interface ObjectStore {

  /** Takes note of an object that is new, or has changed. */
  void add(JsonObject object);

  /** Takes note that the object is gone. */
  void drop(JsonObject object);

  /** Starts over; what is read until {@link Renewal#done()} replaces all that was known. */
  Renewal renew();

  /** All objects being read anew. */
  interface Renewal {
    void add(JsonObject object);

    void done();
  }
}
