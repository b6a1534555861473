package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.ssh.SshHost;
import io.clusterrecovery.testkit.Fault;
import io.clusterrecovery.testkit.InjectedFault;
import io.clusterrecovery.testkit.Lab;
import io.clusterrecovery.testkit.LabExtension;
import io.clusterrecovery.testkit.LabHost;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Node;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An API server that only its own host reaches. */
class ApiTunnelIT {
  private static final String HOST = "master-0";

  @RegisterExtension
  static final LabExtension LAB = LabExtension.of(Lab.builder().hosts(HOST).kubernetes(true));

  @TempDir Path dir;

  @Test
  void calls_throughTheHost_reachTheApiAndProveWhoItIs(Lab lab, LabHost host)
      throws ApiException, IOException {
    try (InjectedFault silent = host.inject(Fault.portSilent(6443))) {
      assertThat(silent).hasToString("port 6443 silent at " + HOST);
      ApiClient client = access(lab.kubeconfig(host)).client();
      client.setHttpClient(
          client.getHttpClient().newBuilder().callTimeout(Duration.ofSeconds(5)).build());
      assertThatThrownBy(() -> nodes(client)).isInstanceOf(ApiException.class);
      try (SshHost ssh = ssh(lab, host)) {
        try (ApiTunnel tunnel = ApiTunnel.open(ssh, client)) {
          assertThat(nodes(client)).containsExactly(HOST);
          assertThat(tunnel.lastFailure()).isEmpty();
          requireOperationsGoThrough(client);
          requireSessionRemade(host, client);
        }
        assertThatThrownBy(() -> nodes(client)).isInstanceOf(ApiException.class);
        requireOtherNameRefused(ssh, host, client);
      }
    }
  }

  private static void requireOperationsGoThrough(ApiClient client) {
    Readiness readiness =
        ControlPlane.on(client)
            .nodes(List.of(HOST))
            .heartbeatAfter(Instant.now().minusSeconds(60))
            .build()
            .awaitReady();
    assertThat(readiness.nodes()).hasSize(1);
  }

  private static void requireSessionRemade(LabHost host, ApiClient client) throws ApiException {
    host.inject(Fault.CONNECTIONS_CUT);
    assertThat(nodes(client)).containsExactly(HOST);
  }

  /** The tunnel ends at 127.0.0.1, and the certificate holds that too: it is not what counts. */
  private static void requireOtherNameRefused(SshHost ssh, LabHost host, ApiClient client) {
    host.script("echo '127.0.0.1 not-in-the-certificate' >>/etc/hosts").orThrow();
    client.setBasePath("https://not-in-the-certificate:6443");
    try (ApiTunnel tunnel = ApiTunnel.open(ssh, client)) {
      assertThatThrownBy(() -> nodes(client))
          .rootCause()
          .hasMessageContaining("not-in-the-certificate");
      assertThat(tunnel.lastFailure()).isEmpty();
    }
  }

  /** As people have it: server, credentials and context in files of different folders. */
  private KubeAccess access(Path kubeconfig) throws IOException {
    return KubeAccess.standard(Map.of("KUBECONFIG", new SplitKubeconfig(dir).of(kubeconfig)))
        .context(SplitKubeconfig.CONTEXT);
  }

  private static SshHost ssh(Lab lab, LabHost host) {
    return SshHost.at(host.address())
        .user("core")
        .identity(lab.sshKey())
        .knownHosts(lab.knownHosts())
        .build();
  }

  private static List<String> nodes(ApiClient client) throws ApiException {
    return new CoreV1Api(client)
        .listNode().execute().getItems().stream()
            .map(V1Node::getMetadata)
            .map(metadata -> metadata == null ? "" : String.valueOf(metadata.getName()))
            .toList();
  }
}
