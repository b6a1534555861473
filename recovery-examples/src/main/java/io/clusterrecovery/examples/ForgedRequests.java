package io.clusterrecovery.examples;

import io.kubernetes.client.openapi.ApiClient;
import java.util.List;

/** Certificate requests that look right at a glance and must not be approved. */
final class ForgedRequests {
  static final String STRANGER = "forged-unexpected-node";
  static final String WRONG_REQUESTER = "forged-wrong-requester";
  static final String FOREIGN_ADDRESS = "forged-foreign-address";
  static final List<String> NAMES = List.of(STRANGER, WRONG_REQUESTER, FOREIGN_ADDRESS);

  private final ApiClient client;

  ForgedRequests(ApiClient client) {
    this.client = client;
  }

  /**
   * Posts a client request of a node nobody expects, one of an expected node by the wrong
   * requester, and a serving request of an expected node with a foreign address.
   */
  void post(String expectedNode) {
    KubeletRequests.post(
        STRANGER, KubeletRequests.client("stranger-1"), KubeletRequests.bootstrapping(client));
    KubeletRequests.post(WRONG_REQUESTER, KubeletRequests.client(expectedNode), client);
    KubeletRequests.post(
        FOREIGN_ADDRESS,
        KubeletRequests.serving(expectedNode, "192.0.2.66"),
        KubeletRequests.running(client, expectedNode));
  }
}
