package io.clusterrecovery.k8s;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request is judged against.
 *
 * @param nodes the expected nodes by name
 * @param requester who may ask for a client certificate
 * @param createdAfter requests older than this are not of this recovery; the API server's clock
 * @param lost nodes whose old host was declared lost
 * @param objects for each expected node that has any, the objects that go by its name
 * @param kubelets for each node whose host was given, what runs there
 */
record Evidence(
    Map<String, ExpectedNode> nodes,
    Requester requester,
    Instant createdAfter,
    Set<String> lost,
    Map<String, List<OldObject>> objects,
    Map<String, KubeletLook> kubelets) {
  Evidence {
    nodes = Map.copyOf(nodes);
    lost = Set.copyOf(lost);
    objects = Map.copyOf(objects);
    kubelets = Map.copyOf(kubelets);
  }
}
