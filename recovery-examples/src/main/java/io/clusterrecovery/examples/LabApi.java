package io.clusterrecovery.examples;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** An API client from a kubeconfig file. */
final class LabApi {
  private LabApi() {}

  static ApiClient client(Path kubeconfig) {
    try {
      return Config.fromConfig(kubeconfig.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("the kubeconfig " + kubeconfig + " cannot be read", e);
    }
  }
}
