package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Posts certificate requests to a real API in the name of others. */
record Forger(Path kubeconfig) {

  static ApiClient client(Path kubeconfig) {
    try {
      return Config.fromConfig(kubeconfig.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return a client that acts as that user} */
  ApiClient as(String user, List<String> groups) {
    ApiClient client = client(kubeconfig);
    OkHttpClient impersonating =
        client
            .getHttpClient()
            .newBuilder()
            .addInterceptor(
                chain -> {
                  Request.Builder as = chain.request().newBuilder();
                  as.header("Impersonate-User", user);
                  groups.forEach(group -> as.addHeader("Impersonate-Group", group));
                  return chain.proceed(as.build());
                })
            .build();
    client.setHttpClient(impersonating);
    return client;
  }

  /** Posts a request as who it says it is by; gives its name. */
  String post(String name, RequestFixture request) {
    JsonObject spec = request.document().getAsJsonObject("spec");
    return post(name, request, Doc.text(spec, "username"), Doc.texts(spec, "groups"));
  }

  /** Posts a request as that user; gives its name. */
  String post(String name, RequestFixture request, String user, List<String> groups) {
    KubeApi.of(as(user, groups)).post(CsrApi.V1.path(), document(name, request));
    return name;
  }

  /** {@return what is posted of a request, whose requester the server writes down itself} */
  static JsonObject document(String name, RequestFixture request) {
    JsonObject document = new JsonObject();
    document.addProperty("apiVersion", CsrApi.V1.apiVersion());
    document.addProperty("kind", "CertificateSigningRequest");
    JsonObject metadata = new JsonObject();
    metadata.addProperty("name", name);
    document.add("metadata", metadata);
    JsonObject spec = request.document().getAsJsonObject("spec");
    spec.remove("username");
    spec.remove("groups");
    document.add("spec", spec);
    return document;
  }
}
