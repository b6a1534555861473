package io.clusterrecovery.k8s;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the API what this client may do, before anything depends on it: found out at the first
 * approval, it would be found out half an hour later.
 */
record Permissions(KubeApi api) {
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final String GROUP = "certificates.k8s.io";

  /** {@return what approving needs and this client may not do} */
  List<String> missingToApprove(CsrApi csrs) {
    List<String> missing = new ArrayList<>();
    for (String verb : List.of("get", "list", "watch")) {
      ask(missing, verb, "certificatesigningrequests", "", "");
    }
    ask(missing, "update", "certificatesigningrequests", "approval", "");
    if (csrs.signers()) {
      for (CsrKind kind : List.of(CsrKind.CLIENT, CsrKind.SERVING)) {
        ask(missing, "approve", "signers", "", kind.signer());
      }
    }
    return missing;
  }

  private void ask(
      List<String> missing, String verb, String resource, String subresource, String name) {
    JsonObject what = new JsonObject();
    what.addProperty("group", GROUP);
    what.addProperty("verb", verb);
    what.addProperty("resource", resource);
    what.addProperty("subresource", subresource);
    what.addProperty("name", name);
    JsonElement answer = api.post(REVIEWS, review(what)).body();
    if (!Doc.text(answer, "status", "allowed").equals("true")) {
      String part = subresource.isEmpty() ? "" : "/" + subresource;
      missing.add(verb + " " + resource + part + (name.isEmpty() ? "" : " " + name));
    }
  }

  private static JsonObject review(JsonObject what) {
    JsonObject spec = new JsonObject();
    spec.add("resourceAttributes", what);
    JsonObject review = new JsonObject();
    review.addProperty("apiVersion", "authorization.k8s.io/v1");
    review.addProperty("kind", "SelfSubjectAccessReview");
    review.add("spec", spec);
    return review;
  }
}
