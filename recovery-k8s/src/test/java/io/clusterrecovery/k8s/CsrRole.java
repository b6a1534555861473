package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The documented role of an approver, given to a user of a real cluster. */
final class CsrRole {
  static final String USER = "recovery-operator";
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";

  private final KubeApi api;
  private final JsonObject documented;

  CsrRole(KubeApi api) {
    this.api = api;
    try {
      Object role = Yaml.load(Path.of("..", "docs", "csr-approver-role.yaml").toFile());
      this.documented = JsonParser.parseString(JSON.serialize(role)).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the role as it is documented, and gives it to the user. */
  void give() {
    api.post(RBAC + "clusterroles", documented);
    JsonObject binding = JsonParser.parseString(BINDING).getAsJsonObject();
    api.post(RBAC + "clusterrolebindings", binding);
  }

  private static final String BINDING =
      """
      {"metadata": {"name": "recovery-operator"},
       "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                   "name": "cluster-recovery-csr-approver"},
       "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User",
                     "name": "recovery-operator"}]}
      """;
}
