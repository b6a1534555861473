package io.clusterrecovery.k8s;

import java.util.List;
import java.util.stream.Stream;

/** Addresses of lost hosts behind the service {@code kubernetes}: a part of all calls fails. */
final class ApiEndpoints implements ClusterCheck<List<String>> {
  private static final String ENDPOINTS = "/api/v1/namespaces/default/endpoints/kubernetes";

  @Override
  public String name() {
    return "api-endpoints";
  }

  @Override
  public List<String> observe(KubeApi api, CleanSettings settings) {
    return api.find(ENDPOINTS).stream()
        .flatMap(reply -> Doc.objects(reply.body(), "subsets").stream())
        .flatMap(
            subset ->
                Stream.concat(
                    Doc.objects(subset, "addresses").stream(),
                    Doc.objects(subset, "notReadyAddresses").stream()))
        .map(address -> Doc.text(address, "ip"))
        .toList();
  }

  @Override
  public Diagnosis judge(List<String> facts, CleanSettings settings) {
    List<String> dead =
        facts.stream()
            .flatMap(ip -> settings.lostAddress(ip).map(host -> ip + " of " + host).stream())
            .toList();
    if (facts.isEmpty()) {
      return Diagnosis.troubled(
          "the service kubernetes has no address", "see that an API server is up", List.of());
    }
    if (dead.isEmpty()) {
      return Diagnosis.well("it leads to " + String.join(", ", facts));
    }
    return Diagnosis.troubled(
        "the service kubernetes leads to lost hosts: " + String.join(", ", dead),
        "an API server takes them out when what it keeps of them in etcd, below"
            + " /registry/masterleases, has run out; delete that if it does not",
        facts);
  }
}
