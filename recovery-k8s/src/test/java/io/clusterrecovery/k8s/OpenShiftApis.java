package io.clusterrecovery.k8s;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;

/**
 * APIs of OpenShift in the lab's real API server, by definitions that take any fields; the test
 * plays who works on them.
 */
record OpenShiftApis(KubeApi api) {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** Defines a kind, and waits until the server serves it. */
  void define(ApiResource resource, String kind, String scope) {
    String definition =
        DEFINITION
            .replace("GROUP", resource.group())
            .replace("VERSION", resource.version())
            .replace("PLURAL", resource.plural())
            .replace("KIND", kind)
            .replace("SCOPE", scope);
    api.post(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        JsonParser.parseString(definition).getAsJsonObject());
    RunContext.standalone()
        .await(
            Wait.named(resource + " served", LIMIT).every(Duration.ofMillis(50)),
            () -> isServed(resource) ? Poll.done(true) : Poll.notYet("not served"));
  }

  /** Right after its definition the server asks to come again later. */
  private boolean isServed(ApiResource resource) {
    try {
      return resource.isOn(api) && api.find(resource.path()).isPresent();
    } catch (ApiFailure e) {
      if (e.passing()) {
        return false;
      }
      throw e;
    }
  }

  /** Makes a namespace in which pods can be made. */
  void makeNamespace(String name) {
    JsonObject named =
        JsonParser.parseString("{'metadata': {'name': '%s'}}".formatted(name)).getAsJsonObject();
    api.post("/api/v1/namespaces", named);
    JsonObject account =
        JsonParser.parseString("{'metadata': {'name': 'default'}}").getAsJsonObject();
    try {
      api.post("/api/v1/namespaces/" + name + "/serviceaccounts", account);
    } catch (ApiFailure e) {
      // The controller may have been first.
      if (e.status() != 409) {
        throw e;
      }
    }
  }

  /** Makes an object; in a namespace if one is given. */
  void make(ApiResource resource, String namespace, String kind, String json) {
    JsonObject object = JsonParser.parseString(json).getAsJsonObject();
    object.addProperty("apiVersion", resource.group() + "/" + resource.version());
    object.addProperty("kind", kind);
    api.post(path(resource, namespace), object);
  }

  /** Replaces the status of an object; an API server that was just killed is waited for. */
  void tell(ApiResource resource, String namespace, String name, String status) {
    String path = path(resource, namespace) + "/" + name;
    RunContext.standalone()
        .await(
            Wait.named("the API, to tell of " + name, LIMIT),
            () -> told(path, status) ? Poll.done(true) : Poll.notYet("no answer"));
  }

  private boolean told(String path, String status) {
    try {
      JsonObject object = api.get(path).body();
      object.add("status", JsonParser.parseString(status));
      api.put(path, object);
      return true;
    } catch (ApiFailure e) {
      // It also refuses everybody while it starts.
      if (e.passing() || e.denied()) {
        return false;
      }
      throw e;
    }
  }

  private static String path(ApiResource resource, String namespace) {
    String in = namespace.isEmpty() ? "" : "namespaces/" + namespace + "/";
    return "/apis/" + resource.group() + "/" + resource.version() + "/" + in + resource.plural();
  }

  private static final String DEFINITION =
      """
      {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
       "metadata": {"name": "PLURAL.GROUP"},
       "spec": {
         "group": "GROUP", "scope": "SCOPE",
         "names": {"plural": "PLURAL", "kind": "KIND"},
         "versions": [{"name": "VERSION", "served": true, "storage": true,
           "schema": {"openAPIV3Schema": {
             "type": "object", "x-kubernetes-preserve-unknown-fields": true}}}]}}
      """;
}
