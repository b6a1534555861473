package io.clusterrecovery.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import io.kubernetes.client.openapi.ApiClient;
import java.util.List;
import java.util.Optional;

/**
 * The proxy through which an OpenShift cluster reaches the world: {@code Proxy/cluster} of {@code
 * config.openshift.io/v1}.
 *
 * @param http the proxy for http, whose URL may hold a password; empty if there is none
 * @param https the proxy for https, likewise
 * @param noProxy the names, domains and networks that are reached without it
 */
public record ClusterProxy(Optional<Secret> http, Optional<Secret> https, List<String> noProxy) {

  /** Checks for null, copies the list. */
  public ClusterProxy {
    requireNonNull(http, "http");
    requireNonNull(https, "https");
    noProxy = List.copyOf(noProxy);
  }

  /**
   * {@return the proxy in effect, or that the cluster knows of none} Changes nothing.
   *
   * @param client stays the caller's
   * @throws RefusedException if the API cannot be reached, or refuses the client
   */
  public static OnCluster<ClusterProxy> of(ApiClient client) {
    KubeApi api = KubeApi.of(client);
    return new ApiCalls(api, RunContext.standalone())
        .read("read the cluster's proxy", () -> read(api));
  }

  private static OnCluster<ClusterProxy> read(KubeApi api) {
    if (!ApiResource.PROXIES.isOn(api)) {
      return new OnCluster.Absent<>(ApiResource.PROXIES.toString());
    }
    JsonObject proxy =
        api.find(ApiResource.PROXIES.path() + "/cluster")
            .map(Reply::body)
            .orElseGet(JsonObject::new);
    return new OnCluster.There<>(read(proxy));
  }

  /** What is in effect is the status; what was only asked for may never come to be. */
  static ClusterProxy read(JsonObject proxy) {
    String without = Doc.text(proxy, "status", "noProxy");
    return new ClusterProxy(
        secret(Doc.text(proxy, "status", "httpProxy")),
        secret(Doc.text(proxy, "status", "httpsProxy")),
        without.isEmpty() ? List.of() : List.of(without.split("\\s*,\\s*")));
  }

  private static Optional<Secret> secret(String url) {
    return url.isEmpty() ? Optional.empty() : Optional.of(Secret.of(url));
  }

  @Override
  public String toString() {
    if (http.isEmpty() && https.isEmpty()) {
      return "no proxy";
    }
    return "proxy for http %s, for https %s, none for %s"
        .formatted(shown(http), shown(https), String.join(", ", noProxy));
  }

  private static String shown(Optional<Secret> url) {
    return url.map(u -> new String(u.reveal(), UTF_8).replaceFirst("//[^/]*@", "//***@"))
        .map(Shown::text)
        .orElse("none");
  }
}
