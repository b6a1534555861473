package io.clusterrecovery.k8s;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import io.clusterrecovery.ClusterProxy;
import io.clusterrecovery.ClusterProxySource;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Secret;
import io.kubernetes.client.openapi.ApiClient;
import java.util.List;
import java.util.Optional;

/**
 * Reads the proxy through which an OpenShift cluster reaches the world: {@code Proxy/cluster} of
 * {@code config.openshift.io/v1}. Immutable and thread-safe.
 */
public final class KubeClusterProxy implements ClusterProxySource {
  private final ApiClient client;

  private KubeClusterProxy(ApiClient client) {
    this.client = client;
  }

  /**
   * {@return what reads it whenever it is asked}
   *
   * @param client stays the caller's
   */
  public static KubeClusterProxy on(ApiClient client) {
    return new KubeClusterProxy(requireNonNull(client, "client"));
  }

  @Override
  public ClusterProxy proxy() {
    return read().optional().orElse(ClusterProxy.NONE);
  }

  /**
   * {@return the proxy in effect, or that the cluster knows of none} Changes nothing.
   *
   * @throws RefusedException if the API cannot be reached, or refuses the client
   */
  public OnCluster<ClusterProxy> read() {
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
    return "Proxy/cluster at " + client.getBasePath();
  }
}
