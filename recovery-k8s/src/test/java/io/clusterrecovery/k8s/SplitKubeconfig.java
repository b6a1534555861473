package io.clusterrecovery.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kubernetes.client.util.KubeConfig;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Takes a kubeconfig apart: one file for the server, one for the user, one for the contexts, with
 * certificates and key in files beside them.
 */
record SplitKubeconfig(Path folder) {
  static final String CONTEXT = "good";

  /**
   * {@return the files, as {@code KUBECONFIG} names several} One that is not there is among them.
   */
  String of(Path whole) throws IOException {
    try (Reader reader = Files.newBufferedReader(whole)) {
      KubeConfig config = KubeConfig.loadKubeConfig(reader);
      Path server = folder("server");
      decoded(server.resolve("ca.pem"), config.getCertificateAuthorityData());
      Path user = folder("user");
      decoded(user.resolve("tls.pem"), config.getClientCertificateData());
      decoded(user.resolve("key.pem"), config.getClientKeyData());
      return String.join(
          File.pathSeparator,
          folder.resolve("not-there").toString(),
          write(folder("contexts"), CONTEXTS),
          write(server, SERVER.formatted(config.getServer())),
          write(user, USER));
    }
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private static void decoded(Path file, String base64) throws IOException {
    Files.write(file, Base64.getDecoder().decode(base64));
  }

  private static String write(Path in, String yaml) throws IOException {
    return Files.write(in.resolve("config"), yaml.getBytes(UTF_8)).toString();
  }

  private static final String CONTEXTS =
      """
      current-context: other
      contexts:
      - name: other
        context: {cluster: nowhere, user: lab}
      - name: good
        context: {cluster: lab, user: lab}
      clusters:
      - name: nowhere
        cluster: {server: "https://127.0.0.1:1"}
      """;

  private static final String SERVER =
      """
      current-context: good
      clusters:
      - name: lab
        cluster: {server: "%s", certificate-authority: ca.pem}
      - name: nowhere
        cluster: {server: "https://127.0.0.1:2"}
      """;

  private static final String USER =
      """
      users:
      - name: lab
        user: {client-certificate: tls.pem, client-key: ./key.pem}
      """;
}
