package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.Optional;

/**
 * A leader's lock: a lease, or as Kubernetes had it before leases, an annotation of a ConfigMap or
 * Endpoints object.
 *
 * @param holder who holds it
 * @param renewed when it was renewed last, by the holder's clock
 */
record LeaderLock(String holder, Optional<Instant> renewed) {
  static final String ANNOTATION = "control-plane.alpha.kubernetes.io/leader";

  private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/";

  /** {@return the lease of that name, if there is one} */
  static Optional<LeaderLock> lease(KubeApi api, String namespace, String name) {
    return api.find(LEASES + namespace + "/leases/" + name).map(reply -> ofLease(reply.body()));
  }

  /** {@return what that lease says} */
  static LeaderLock ofLease(JsonObject lease) {
    return new LeaderLock(
        Doc.text(lease, "spec", "holderIdentity"), Doc.time(lease, "spec", "renewTime"));
  }

  /** {@return the lock of that object, if it has one} */
  static Optional<LeaderLock> of(JsonObject object) {
    String text = Doc.text(object, "metadata", "annotations", ANNOTATION);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonObject leader = JsonParser.parseString(text).getAsJsonObject();
      return Optional.of(
          new LeaderLock(Doc.text(leader, "holderIdentity"), Doc.time(leader, "renewTime")));
    } catch (JsonParseException | IllegalStateException e) {
      // Somebody else's annotation of that name is not a lock.
      return Optional.empty();
    }
  }

  boolean isRenewedAfter(Instant time) {
    return renewed.filter(time::isBefore).isPresent();
  }
}
