package io.clusterrecovery.k8s;

import com.google.gson.JsonElement;
import java.util.List;

/**
 * The version in which a cluster has certificate requests.
 *
 * <p>{@code v1} is there since Kubernetes 1.19. Before it was {@code v1beta1}, until 1.18 without
 * names of signers, and so without permissions for them.
 *
 * @param version as it stands in paths
 * @param signers whether requests name their signer
 */
record CsrApi(String version, boolean signers) {
  static final CsrApi V1 = new CsrApi("v1", true);
  private static final String GROUP = "certificates.k8s.io";
  private static final String BETA = "v1beta1";
  private static final int FIRST_WITH_SIGNERS = 18;

  /** Asks the cluster; one that has both versions is used by the newer. */
  static CsrApi discover(KubeApi api) {
    List<String> versions =
        api.find("/apis/" + GROUP)
            .map(
                r ->
                    Doc.objects(r.body(), "versions").stream()
                        .map(v -> Doc.text(v, "version"))
                        .toList())
            .orElse(List.of());
    if (versions.contains(V1.version) || !versions.contains(BETA)) {
      return V1;
    }
    return new CsrApi(BETA, minor(api.get("/version").body()) >= FIRST_WITH_SIGNERS);
  }

  /** {@return where the requests are} */
  String path() {
    return "/apis/" + GROUP + "/" + version + "/certificatesigningrequests";
  }

  /** {@return where that one is} */
  String path(String name) {
    return path() + "/" + name;
  }

  /** {@return how its documents name the version} */
  String apiVersion() {
    return GROUP + "/" + version;
  }

  boolean beta() {
    return version.equals(BETA);
  }

  /** Distributions write more than a number, such as "14+". */
  private static int minor(JsonElement version) {
    String digits = Doc.text(version, "minor").replaceAll("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
