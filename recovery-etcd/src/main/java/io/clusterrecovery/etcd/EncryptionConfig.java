package io.clusterrecovery.etcd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names in an API server's {@code EncryptionConfiguration}; the keys themselves are left in the
 * file.
 *
 * @param keys provider and name of each key, such as {@code aescbc:key1}
 * @param plugins the endpoint of each KMS plugin, by its name
 */
record EncryptionConfig(Set<String> keys, Map<String, String> plugins) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String KMS = "kms";

  /** Copies the collections. */
  EncryptionConfig {
    keys = Set.copyOf(keys);
    plugins = Map.copyOf(plugins);
  }

  /** {@return the configuration, or nothing if the file is none} What is wrong may be secret. */
  static Optional<EncryptionConfig> parse(byte[] file) {
    try {
      JsonNode root = YAML.readTree(file);
      return root.path("resources").isArray() ? Optional.of(of(root)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether what is encrypted like that can be read with it, as far as names tell. */
  boolean names(EncryptedBy used) {
    return used.provider().equals(KMS)
        ? plugins.containsKey(used.key())
        : keys.contains(used.provider() + ":" + used.key());
  }

  private static EncryptionConfig of(JsonNode root) {
    Set<String> keys = new HashSet<>();
    Map<String, String> plugins = new TreeMap<>();
    for (JsonNode resource : root.path("resources")) {
      for (JsonNode provider : resource.path("providers")) {
        provider
            .properties()
            .forEach(
                each ->
                    each.getValue()
                        .path("keys")
                        .forEach(key -> keys.add(each.getKey() + ":" + key.path("name").asText())));
        JsonNode kms = provider.path(KMS);
        if (kms.isObject()) {
          plugins.put(kms.path("name").asText(), kms.path("endpoint").asText());
        }
      }
    }
    return new EncryptionConfig(keys, plugins);
  }
}
