package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import io.kubernetes.client.openapi.ApiClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Gives roles to users of a real cluster, who then have nothing else. */
final class RoleGiver {
  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Nobody else is given that: who may ask for it has the role. */
  private static final String MARKER = "/role-of-";

  private final Path kubeconfig;
  private final KubeApi api;
  private int given;

  RoleGiver(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
    this.api = KubeApi.of(Forger.client(kubeconfig));
  }

  /** {@return a client of somebody new who has that role, once the API server knows of it} */
  ApiClient give(DocumentedRole documented) {
    String user = "operator-" + given++;
    JsonObject role = documented.role().deepCopy();
    role.getAsJsonObject("metadata").addProperty("name", user);
    JsonArray rules = role.getAsJsonArray("rules");
    rules.add(JsonParser.parseString(MARKED.formatted(MARKER + user)));
    api.post(RBAC + "clusterroles", role);
    String binding = BINDING.replace("USER", user);
    api.post(RBAC + "clusterrolebindings", JsonParser.parseString(binding).getAsJsonObject());
    ApiClient client = new Forger(kubeconfig).as(user, List.of());
    awaitKnown(KubeApi.of(client), MARKER + user);
    return client;
  }

  /** What is allowed is not there: that it is not found shows that it is allowed. */
  private static void awaitKnown(KubeApi theirs, String marker) {
    RunContext.standalone()
        .await(
            Wait.named("the role of " + marker, LIMIT).every(Duration.ofMillis(20)),
            () -> allowed(theirs, marker) ? Poll.done(true) : Poll.notYet("it is not known"));
  }

  private static boolean allowed(KubeApi theirs, String marker) {
    try {
      return theirs.find(marker).isEmpty();
    } catch (ApiFailure e) {
      if (e.denied()) {
        return false;
      }
      throw e;
    }
  }

  /** {@return what the operation says of the permission that it lacks} */
  static String denied(ThrowingCallable operation) {
    RecoveryException denied = catchThrowableOfType(RecoveryException.class, operation);
    assertThat(denied).isNotNull();
    assertThat(denied.code()).isEqualTo(Code.API_ACCESS_DENIED);
    return String.valueOf(denied.getMessage());
  }

  private static final String MARKED =
      """
      {"nonResourceURLs": ["%s"], "verbs": ["get"]}
      """;

  private static final String BINDING =
      """
      {"metadata": {"name": "USER"},
       "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "USER"},
       "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "USER"}]}
      """;
}
