package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.clusterrecovery.RemoteHost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The manifests of a control plane on a host: where the kubelet watches for them, or where a run
 * has moved them.
 *
 * @param folder where the kubelet looks for manifests
 * @param aside where this run keeps those that it moved
 * @param manifests those that were found, by file name
 */
record StaticPodFiles(String folder, String aside, Map<String, PodManifest> manifests) {
  static final String ETCD = "etcd.yaml";

  /** What holds a cache of etcd's content, in the order it is started again. */
  static final List<String> USERS =
      List.of("kube-apiserver.yaml", "kube-controller-manager.yaml", "kube-scheduler.yaml");

  private static final String KUBELET_CONFIG = "/var/lib/kubelet/config.yaml";
  private static final String DEFAULT_FOLDER = "/etc/kubernetes/manifests";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static StaticPodFiles of(RemoteHost host, String runFolder) {
    String folder = folder(host);
    String aside = runFolder + "/manifests";
    Map<String, PodManifest> manifests = new LinkedHashMap<>();
    read(host, aside, folder, ETCD).ifPresent(m -> manifests.put(ETCD, m));
    USERS.forEach(name -> read(host, aside, folder, name).ifPresent(m -> manifests.put(name, m)));
    return new StaticPodFiles(folder, aside, manifests);
  }

  Optional<PodManifest> etcd() {
    return Optional.ofNullable(manifests.get(ETCD));
  }

  /** Whether one is where a run has moved it to. */
  boolean isAnyAside(RemoteHost host) {
    return manifests.keySet().stream().anyMatch(name -> host.read(aside + "/" + name).isPresent());
  }

  /** File names of what uses etcd. */
  List<String> users() {
    return USERS.stream().filter(manifests::containsKey).toList();
  }

  /** What was moved aside is the original; in its place may be one of this run's own. */
  private static Optional<PodManifest> read(
      RemoteHost host, String aside, String folder, String name) {
    return host.read(aside + "/" + name)
        .or(() -> host.read(folder + "/" + name))
        .flatMap(bytes -> PodManifest.parse(new String(bytes, UTF_8)));
  }

  private static String folder(RemoteHost host) {
    return host.read(KUBELET_CONFIG)
        .map(bytes -> staticPodPath(new String(bytes, UTF_8)))
        .filter(path -> path.startsWith("/"))
        .orElse(DEFAULT_FOLDER);
  }

  private static String staticPodPath(String kubeletConfig) {
    try {
      JsonNode path = YAML.readTree(kubeletConfig).path("staticPodPath");
      return path.asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }
}
