package io.clusterrecovery.examples;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CertificatesV1Api;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The client and the serving request of three nodes, told apart by what their approval is called.
 */
final class CsrSix {
  private static final String CLIENT = "client";
  private static final String SERVING = "serving";

  private final ApiClient client;
  private final Map<String, String> nodes = new LinkedHashMap<>();

  CsrSix(ApiClient client, int round) {
    this.client = client;
    for (int i = 1; i <= 3; i++) {
      nodes.put("master-" + round + "-" + i, "10.0.1." + i);
    }
  }

  /** The nodes, with their addresses. */
  Map<String, String> nodes() {
    return nodes;
  }

  /** The ids of the changes that the approvals are, the clients' first. */
  List<String> changes() {
    List<String> changes = new ArrayList<>();
    for (String kind : List.of(CLIENT, SERVING)) {
      nodes.keySet().forEach(node -> changes.add("approve-csr/" + node + "/" + kind));
    }
    return changes;
  }

  /** Posts the request that is approved by that change. */
  void post(String change) {
    String node = change.split("/", -1)[1];
    if (change.endsWith(CLIENT)) {
      KubeletRequests.post(
          name(change), KubeletRequests.client(node), KubeletRequests.bootstrapping(client));
    } else {
      KubeletRequests.post(
          name(change),
          KubeletRequests.serving(node, requireNonNull(nodes.get(node))),
          KubeletRequests.running(client, node));
    }
  }

  String[] kubectlArguments() {
    List<String> arguments = new ArrayList<>(List.of("certificate", "approve"));
    changes().forEach(change -> arguments.add(name(change)));
    return arguments.toArray(String[]::new);
  }

  /** So that the next six find the same cluster. */
  void delete() {
    for (String change : changes()) {
      try {
        new CertificatesV1Api(client).deleteCertificateSigningRequest(name(change)).execute();
      } catch (ApiException e) {
        throw new IllegalStateException(name(change) + " cannot be deleted", e);
      }
    }
  }

  private static String name(String change) {
    return change.replace('/', '-');
  }
}
