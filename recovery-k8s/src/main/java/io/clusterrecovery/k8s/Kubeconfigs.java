package io.clusterrecovery.k8s;

import io.kubernetes.client.util.KubeConfig;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins kubeconfig files as kubectl does: of what goes by the same name the first counts, and so
 * does the first current context; paths in a file are relative to it.
 */
final class Kubeconfigs {
  private static final Map<String, List<String>> PATHS =
      Map.of(
          "cluster", List.of("certificate-authority"),
          "user", List.of("client-certificate", "client-key", "tokenFile"),
          "exec", List.of("command"));

  private final Map<String, Object> contexts = new LinkedHashMap<>();
  private final Map<String, Object> clusters = new LinkedHashMap<>();
  private final Map<String, Object> users = new LinkedHashMap<>();
  private String current = "";

  private Kubeconfigs() {}

  /**
   * {@return all of them as one, in the current context if there is one}
   *
   * @throws io.clusterrecovery.RefusedException if one of them can't be read
   */
  static KubeConfig joined(List<Path> files) {
    Kubeconfigs all = new Kubeconfigs();
    files.forEach(all::add);
    KubeConfig config =
        new KubeConfig(
            new ArrayList<>(all.contexts.values()),
            new ArrayList<>(all.clusters.values()),
            new ArrayList<>(all.users.values()));
    config.setContext(all.current);
    return config;
  }

  private void add(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      KubeConfig read = KubeConfig.loadKubeConfig(reader);
      add(contexts, read.getContexts(), file);
      add(clusters, read.getClusters(), file);
      add(users, read.getUsers(), file);
      if (current.isEmpty() && read.getCurrentContext() != null) {
        current = read.getCurrentContext();
      }
    } catch (IOException e) {
      String found = "The kubeconfig %s cannot be read: %s.".formatted(file, e);
      throw AccessSource.unreadable(found, "Correct its path or its permissions.", e);
    } catch (RuntimeException e) {
      // What the parser says quotes the file, which holds secrets.
      throw AccessSource.unreadable(file + " is no kubeconfig.", "Name another, or mend it.", null);
    }
  }

  private static void add(Map<String, Object> known, List<Object> more, Path file) {
    if (more == null) {
      return;
    }
    for (Object each : more) {
      Map<?, ?> entry = (Map<?, ?>) each;
      absolute(entry, file.toAbsolutePath());
      known.putIfAbsent(String.valueOf(entry.get("name")), entry);
    }
  }

  /** A command is a path only where it has a separator in it; else it is looked for. */
  @SuppressWarnings("unchecked") // what the parser makes of YAML
  private static void absolute(Map<?, ?> entry, Path file) {
    for (Map.Entry<?, ?> part : entry.entrySet()) {
      if (!(part.getValue() instanceof Map<?, ?> inner)) {
        continue;
      }
      for (String key : PATHS.getOrDefault(String.valueOf(part.getKey()), List.of())) {
        Object path = inner.get(key);
        if (path != null && (!key.equals("command") || path.toString().contains(File.separator))) {
          ((Map<String, Object>) inner).put(key, file.resolveSibling(path.toString()).toString());
        }
      }
      absolute(inner, file);
    }
  }
}
