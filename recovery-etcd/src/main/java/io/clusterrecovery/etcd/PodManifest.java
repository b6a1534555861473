package io.clusterrecovery.etcd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The manifest of a static pod of one container, as kubeadm writes them.
 *
 * @param pod the whole of it
 */
record PodManifest(JsonNode pod) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** {@return the manifest, or nothing if the text is none} */
  static Optional<PodManifest> parse(String text) {
    try {
      JsonNode pod = YAML.readTree(text);
      return Optional.of(new PodManifest(pod))
          .filter(m -> pod.path("kind").asText().equals("Pod"))
          .filter(m -> m.containers().size() == 1 && !m.command().isEmpty());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The command line of its container. */
  List<String> command() {
    List<String> command = new ArrayList<>();
    container().path("command").forEach(word -> command.add(word.asText()));
    container().path("args").forEach(word -> command.add(word.asText()));
    return command;
  }

  /**
   * {@return the value of a flag}
   *
   * @param name with its dashes, such as {@code --data-dir}
   */
  Optional<String> flag(String name) {
    return command().stream()
        .filter(word -> word.startsWith(name + "="))
        .map(word -> word.substring(name.length() + 1))
        .reduce((earlier, later) -> later);
  }

  boolean isGiven(String flag) {
    return command().stream().anyMatch(word -> word.equals(flag) || word.startsWith(flag + "="));
  }

  /** Variables that configure etcd beside its flags. */
  List<String> etcdVariables() {
    List<String> names = new ArrayList<>();
    container().path("env").forEach(each -> names.add(each.path("name").asText()));
    return names.stream().filter(name -> name.startsWith("ETCD_")).toList();
  }

  String image() {
    return container().path("image").asText();
  }

  /** Where on the host a folder of the container is, if it is the host's. */
  Optional<String> onHost(String inContainer) {
    for (JsonNode mount : container().path("volumeMounts")) {
      if (mount.path("mountPath").asText().equals(inContainer)) {
        return hostPath(mount.path("name").asText());
      }
    }
    return Optional.empty();
  }

  /** The same manifest with one more flag, as YAML. */
  String with(String flag) {
    JsonNode changed = pod.deepCopy();
    String where = container().path("args").isEmpty() ? "command" : "args";
    ((ArrayNode) changed.at("/spec/containers/0/" + where)).add(flag);
    try {
      return YAML.writeValueAsString(changed);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as YAML can be written as it", e);
    }
  }

  private Optional<String> hostPath(String volume) {
    for (JsonNode each : pod.path("spec").path("volumes")) {
      if (each.path("name").asText().equals(volume)) {
        return Optional.of(each.path("hostPath").path("path").asText()).filter(p -> !p.isEmpty());
      }
    }
    return Optional.empty();
  }

  private JsonNode containers() {
    return pod.path("spec").path("containers");
  }

  private JsonNode container() {
    return containers().path(0);
  }
}
