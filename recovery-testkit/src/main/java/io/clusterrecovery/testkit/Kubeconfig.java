package io.clusterrecovery.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes kubeconfig files with everything in them. */
final class Kubeconfig {
  private Kubeconfig() {}

  static String withCertificate(String server, String ca, KeyAndCertificate user) {
    return head(server, ca)
        + "    client-certificate-data: "
        + base64(user.certificate())
        + "\n    client-key-data: "
        + base64(user.key())
        + "\n";
  }

  static String withToken(String server, String ca, String token) {
    return head(server, ca) + "    token: " + token + "\n";
  }

  private static String head(String server, String ca) {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: lab
          cluster:
            server: %s
            certificate-authority-data: %s
        contexts:
        - name: lab
          context:
            cluster: lab
            user: lab
        current-context: lab
        users:
        - name: lab
          user:
        """
        .formatted(server, base64(ca));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
