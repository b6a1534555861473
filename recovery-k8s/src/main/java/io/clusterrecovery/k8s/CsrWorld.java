package io.clusterrecovery.k8s;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was seen in one look.
 *
 * @param requests every certificate request of the cluster
 * @param nodeObjects for each expected node that has a Node object, when that was created
 * @param seenFor how long each request, by its uid, has been there for certain
 */
record CsrWorld(
    List<CertificateRequest> requests,
    Map<String, Instant> nodeObjects,
    Map<String, Duration> seenFor) {
  CsrWorld {
    requests = List.copyOf(requests);
    nodeObjects = Map.copyOf(nodeObjects);
    seenFor = Map.copyOf(seenFor);
  }

  Duration seenFor(CertificateRequest request) {
    return seenFor.getOrDefault(request.uid(), Duration.ZERO);
  }
}
