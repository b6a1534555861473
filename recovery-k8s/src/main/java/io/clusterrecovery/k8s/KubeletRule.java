package io.clusterrecovery.k8s;

import io.clusterrecovery.k8s.KubeletLook.Running;
import io.clusterrecovery.k8s.KubeletLook.Unknown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rule that a request is of the kubelet that runs on the host now.
 *
 * <p>A kubelet that restarts before it has its certificate forgets its key and asks again with
 * another one; its earlier requests stay for ever. What was posted before the running one was
 * started is of no use to anybody but whoever else has that key.
 */
final class KubeletRule {
  /** Times of creation come to the second, cut off. */
  private static final Duration SECOND = Duration.ofSeconds(1);

  private KubeletRule() {}

  static Finding living(CertificateRequest request, Evidence evidence) {
    @Nullable KubeletLook look = evidence.kubelets().get(request.node());
    if (look == null || request.kind() == CsrKind.OTHER) {
      return Finding.holds("not looked at, since no host was given for it");
    }
    if (look instanceof Unknown unknown) {
      return Finding.waits(unknown.why());
    }
    return living(request, (Running) look);
  }

  private static Finding living(CertificateRequest request, Running kubelet) {
    if (kubelet.serves(request.keyDigest())) {
      return Finding.holds("its key is on the host's disk, with a certificate");
    }
    String times =
        "it was posted at %s, and the kubelet that runs there was started at %s"
            .formatted(request.created(), kubelet.started());
    if (!request.created().plus(SECOND).isAfter(kubelet.started())) {
      return Finding.broken(times);
    }
    boolean other =
        request.kind() == CsrKind.CLIENT
            && kubelet.requestKey().filter(key -> !key.equals(request.keyDigest())).isPresent();
    return other
        ? Finding.broken("its key is not the one that the kubelet keeps on disk for its request")
        : Finding.holds(times);
  }
}
