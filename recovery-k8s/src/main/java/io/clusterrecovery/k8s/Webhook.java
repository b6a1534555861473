package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * One admission webhook of a configuration.
 *
 * @param service where it is served in the cluster, as {@code namespace/name}; "" if outside of it
 * @param fails whether nothing is admitted that it doesn't answer for
 * @param rules what it is asked about
 */
record Webhook(String name, String service, boolean fails, List<JsonObject> rules) {
  private static final Set<String> GROUPS =
      Set.of("*", "", "certificates.k8s.io", "coordination.k8s.io");

  /** What hosts and the control plane write before any workload runs. */
  private static final Set<String> KINDS =
      Set.of(
          "*", "nodes", "pods", "leases", "certificatesigningrequests", "configmaps", "endpoints");

  static Webhook read(JsonObject webhook) {
    String name = Doc.text(webhook, "clientConfig", "service", "name");
    String namespace = Doc.text(webhook, "clientConfig", "service", "namespace");
    return new Webhook(
        Doc.text(webhook, "name"),
        name.isEmpty() ? "" : namespace + "/" + name,
        !Doc.text(webhook, "failurePolicy").equals("Ignore"),
        Doc.objects(webhook, "rules"));
  }

  /** {@return whether a recovery writes what it is asked about} */
  boolean concernsRecovery() {
    return rules.stream()
        .anyMatch(
            rule ->
                Doc.texts(rule, "apiGroups").stream().anyMatch(GROUPS::contains)
                    && Doc.texts(rule, "resources").stream().anyMatch(Webhook::isKind));
  }

  private static boolean isKind(String resource) {
    int slash = resource.indexOf('/');
    return KINDS.contains(resource) || (slash > 0 && KINDS.contains(resource.substring(0, slash)));
  }
}
