package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.clusterrecovery.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/** Where the certificate requests of a cluster come from. Used by one thread. */
interface CsrFeed extends AutoCloseable {

  /** Makes one; a test has one whose time is the test's. */
  interface Source {
    CsrFeed open(KubeApi api, Clock clock, CsrApi csrs, Set<String> nodes);
  }

  /**
   * {@return all requests, read anew}
   *
   * @throws ApiFailure if they can't be read
   */
  Collection<CertificateRequest> list();

  /**
   * Waits until a request has changed since the last call, or the patience is over.
   *
   * @return all requests as far as they are known then
   * @throws ApiFailure if that isn't known; the next call tries anew
   */
  Collection<CertificateRequest> next(Duration patience);

  /** Takes note of a request as the API has just shown it. */
  CertificateRequest put(JsonObject document);

  /** Takes note that there is no request of that name. */
  void remove(String name);

  /** Stops listening. Never throws. */
  @Override
  void close();
}
