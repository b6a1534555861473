package io.clusterrecovery.k8s;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What was seen in one look.
 *
 * @param requests every certificate request of the cluster
 * @param objects for each expected node that has any, the objects that go by its name
 * @param kubelets for each node whose host was given, what runs there
 * @param seenFor how long each request, by its uid, has been there for certain
 */
record CsrWorld(
    List<CertificateRequest> requests,
    Map<String, List<OldObject>> objects,
    Map<String, KubeletLook> kubelets,
    Map<String, Duration> seenFor) {
  CsrWorld {
    requests = List.copyOf(requests);
    objects = Map.copyOf(objects);
    kubelets = Map.copyOf(kubelets);
    seenFor = Map.copyOf(seenFor);
  }

  Duration seenFor(CertificateRequest request) {
    return seenFor.getOrDefault(request.uid(), Duration.ZERO);
  }
}
