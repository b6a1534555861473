package io.clusterrecovery.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Brings the Kubernetes of a new lab from started processes to nodes that are Ready. */
final class LabKubernetes {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String CSRS = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
  private static final String SERVING = "kubernetes.io/kubelet-serving";

  private final KubeApi api;
  private final KubeApi balanced;

  /**
   * Takes the same API twice.
   *
   * @param api straight to one server
   * @param balanced through the balancer
   */
  LabKubernetes(KubeApi api, KubeApi balanced) {
    this.api = api;
    this.balanced = balanced;
  }

  void awaitApi() {
    Await.until("the API server is ready", LIMIT, api::isReady);
  }

  /** Lets kubelets ask for a certificate by the lab's bootstrap token. */
  void admitKubelets(String tokenId, String tokenSecret) {
    api.create(
        "/api/v1/namespaces/kube-system/secrets",
        HostSeed.resource("host/bootstrap-token.json")
            .replace("@ID@", tokenId)
            .replace("@SECRET@", tokenSecret));
    api.create(
        "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
        HostSeed.resource("host/node-bootstrapper.json"));
  }

  void awaitBalancer() {
    Await.until("an API server is ready behind the balancer", LIMIT, balanced::isReady);
  }

  /** Approves what the lab's first nodes ask for, until all of them are Ready. */
  void awaitNodes(List<String> names) {
    Await.until("nodes Ready: " + names, LIMIT, () -> approveAndLook(names));
  }

  /** An API server that is silent for a moment, as while etcd takes a member in, is asked again. */
  private boolean approveAndLook(List<String> names) {
    try {
      items(CSRS).filter(LabKubernetes::isPending).forEach(this::approve);
      return readyNodes().containsAll(names) && serving().containsAll(names);
    } catch (KubeApi.NoAnswer e) {
      return false;
    }
  }

  private Set<String> readyNodes() {
    return items("/api/v1/nodes")
        .filter(LabKubernetes::isReady)
        .map(node -> node.path("metadata").path("name").asText())
        .collect(Collectors.toSet());
  }

  /** Nodes that were given a certificate to serve with. */
  private Set<String> serving() {
    return items(CSRS)
        .filter(csr -> csr.path("spec").path("signerName").asText().equals(SERVING))
        .filter(csr -> csr.path("status").has("certificate"))
        .map(csr -> csr.path("spec").path("username").asText().replaceFirst("^system:node:", ""))
        .collect(Collectors.toSet());
  }

  private Stream<JsonNode> items(String path) {
    return StreamSupport.stream(api.get(path).path("items").spliterator(), false);
  }

  private void approve(JsonNode csr) {
    ObjectNode approved = csr.deepCopy();
    ArrayNode conditions = approved.withObject("/status").withArray("conditions");
    conditions
        .addObject()
        .put("type", "Approved")
        .put("status", "True")
        .put("reason", "LabStart")
        .put("message", "one of the lab's first nodes");
    String name = csr.path("metadata").path("name").asText();
    api.replace(CSRS + "/" + name + "/approval", approved);
  }

  private static boolean isPending(JsonNode csr) {
    return csr.path("status").path("conditions").isEmpty();
  }

  private static boolean isReady(JsonNode node) {
    return StreamSupport.stream(node.path("status").path("conditions").spliterator(), false)
        .anyMatch(
            each ->
                each.path("type").asText().equals("Ready")
                    && each.path("status").asText().equals("True"));
  }
}
