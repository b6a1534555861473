package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.clusterrecovery.RunContext;
import java.util.List;

/** Puts into a real cluster what a restored snapshot remembers of a lost host. */
record Leftovers(KubeApi api) {
  static final String LOST = "master-9";
  static final String NODE = "/api/v1/nodes/" + LOST;
  static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";
  static final String LEASE = LEASES + "/left-scheduler";
  static final String CONFIGMAPS = "/api/v1/namespaces/kube-system/configmaps";
  static final String LOCK = CONFIGMAPS + "/left-lock";
  static final String WEBHOOKS =
      "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
  static final String WEBHOOK = WEBHOOKS + "/left-policy";
  private static final String ENDPOINTS = "/api/v1/namespaces/kube-system/endpoints";
  private static final String OLD_LOCK = ENDPOINTS + "/left-lock";
  private static final String MUTATING =
      "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
  private static final String MUTATING_WEBHOOK = MUTATING + "/left-policy";
  private static final String SERVED = "/api/v1/namespaces/default/endpoints";

  /** What a controller may write to the object of a dead host. */
  static final JsonObject LABEL =
      JsonParser.parseString("{\"metadata\": {\"labels\": {\"any\": \"any\"}}}").getAsJsonObject();

  /** Puts them, whatever became of those that were there before. */
  void put() {
    // The webhook would not let the node go.
    for (String path :
        List.of(WEBHOOK, MUTATING_WEBHOOK, SERVED + "/left-gate", NODE, LEASE, LOCK, OLD_LOCK)) {
      delete(path);
    }
    post("/api/v1/namespaces", "{'metadata': {'name': 'openshift-config'}}");
    post("/api/v1/nodes", "{'metadata': {'name': 'master-9'}}");
    post(
        LEASES,
        """
        {'metadata': {'name': 'left-scheduler'},
         'spec': {'holderIdentity': 'master-9_3f6c', 'leaseDurationSeconds': 15,
                  'renewTime': '2024-05-01T10:00:00.000000Z'}}
        """);
    post(CONFIGMAPS, LOCKED.formatted("'data': {'stays': 'here'}"));
    serve("kube-system", "left-lock");
    post(ENDPOINTS, LOCKED.formatted("'subsets': []"));
    post(WEBHOOKS, POLICY);
    post(MUTATING, POLICY);
    post(
        "/api/v1/namespaces/openshift-config/serviceaccounts", "{'metadata': {'name': 'default'}}");
    post(
        "/api/v1/namespaces/openshift-config/pods",
        """
        {'metadata': {'name': 'etcd-signer'},
         'spec': {'containers': [{'name': 'signer', 'image': 'any'}]}}
        """);
  }

  /** Somebody is behind the webhook's service again. */
  void serveWebhook() {
    serve("default", "left-gate");
    post(
        SERVED,
        """
        {'metadata': {'name': 'left-gate'},
         'subsets': [{'addresses': [{'ip': '10.0.0.98'}]}]}
        """);
  }

  /** Of endpoints without a service the controller makes an end when it starts. */
  private void serve(String namespace, String name) {
    post(
        "/api/v1/namespaces/" + namespace + "/services",
        "{'metadata': {'name': '%s'}, 'spec': {'ports': [{'port': 443}]}}".formatted(name));
  }

  private void post(String path, String text) {
    JsonObject object = JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    try {
      api.post(path, object);
    } catch (ApiFailure e) {
      if (e.status() != 409) {
        throw e;
      }
    }
  }

  /** A webhook that is gone is still asked for a moment, and does not answer. */
  private void delete(String path) {
    RunContext.standalone()
        .retrying(
            "delete " + path,
            ApiFailure::isPassing,
            () -> api.find(path).map(object -> api.delete(path, new JsonObject())));
  }

  private static final String LOCKED =
      """
      {'metadata': {'name': 'left-lock', 'annotations': {
         'control-plane.alpha.kubernetes.io/leader':
           '{\\"holderIdentity\\":\\"master-9_3f6c\\",\\"renewTime\\":\\"2024-05-01T10:00:00Z\\"}'}},
       %s}
      """;

  private static final String POLICY =
      """
      {'metadata': {'name': 'left-policy'}, 'webhooks': [{
         'name': 'check.left.policy', 'failurePolicy': 'Fail', 'sideEffects': 'None',
         'admissionReviewVersions': ['v1'], 'timeoutSeconds': 1,
         'clientConfig': {'service': {'namespace': 'default', 'name': 'left-gate'}},
         'rules': [{'apiGroups': [''], 'apiVersions': ['v1'], 'operations': ['DELETE'],
                    'resources': ['nodes']}]}]}
      """;
}
