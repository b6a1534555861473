package io.clusterrecovery.k8s;

import io.clusterrecovery.Code;
import io.clusterrecovery.Refusal;
import io.clusterrecovery.RefusedException;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.KubeConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where an access to an API comes from. */
sealed interface AccessSource {

  /** {@return a client in that context, or in the current one} */
  ApiClient client(Optional<String> context);

  static AccessSource standard(Map<String, String> environment) {
    List<Path> named =
        Stream.of(environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator, -1))
            .filter(path -> !path.isEmpty())
            .map(Path::of)
            .toList();
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    Path usual = home.resolve(".kube").resolve("config");
    boolean pod = environment.containsKey(Config.ENV_SERVICE_HOST);
    if (named.isEmpty() && pod && !Files.exists(usual)) {
      return new Pod(environment);
    }
    return new Kubeconfig(named.isEmpty() ? List.of(usual) : named);
  }

  /** Kubeconfig files; of several, those that are there, joined as kubectl joins them. */
  record Kubeconfig(List<Path> files) implements AccessSource {
    public Kubeconfig {
      files = List.copyOf(files);
    }

    @Override
    public ApiClient client(Optional<String> context) {
      List<Path> there = files.stream().filter(Files::exists).toList();
      if (there.isEmpty()) {
        String found = "There is no kubeconfig: " + this + " is not there.";
        throw unreadable(found, "Name another, by its path or by KUBECONFIG.", null);
      }
      KubeConfig config = Kubeconfigs.joined(there);
      Contexts.choose(config, context, toString());
      try {
        return ClientBuilder.kubeconfig(config).build();
      } catch (IOException | RuntimeException e) {
        // What is wrong in a file shows as all kinds of unchecked exceptions.
        String found = "The access that %s gives cannot be used: %s.".formatted(this, e);
        throw unreadable(found, "Correct the file that it names.", e);
      }
    }

    @Override
    public String toString() {
      return files.stream().map(Path::toString).collect(Collectors.joining(", "));
    }
  }

  /** The pod this runs in. */
  record Pod(Map<String, String> environment) implements AccessSource {
    public Pod {
      environment = Map.copyOf(environment);
    }

    @Override
    public ApiClient client(Optional<String> context) {
      try {
        if (!environment.containsKey(Config.ENV_SERVICE_HOST)) {
          throw new IOException(Config.ENV_SERVICE_HOST + " is not set");
        }
        return ClientBuilder.cluster().build();
      } catch (IOException | RuntimeException e) {
        String found = "This does not run in a pod with a service account: " + e.getMessage() + ".";
        throw unreadable(found, "Name a kubeconfig instead.", e);
      }
    }

    @Override
    public String toString() {
      return "the pod's service account";
    }
  }

  static RefusedException unreadable(String found, String next, @Nullable Throwable cause) {
    return new RefusedException(new Refusal(Code.FILE_UNREADABLE, found, next), cause);
  }
}
