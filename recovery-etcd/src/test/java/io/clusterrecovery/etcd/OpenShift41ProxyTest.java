package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.clusterrecovery.ClusterProxy;
import io.clusterrecovery.RemoteHost;
import io.clusterrecovery.Secret;
import io.clusterrecovery.testkit.FakeHost;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenShift41ProxyTest {
  private static final Set<String> DIRECT = OpenShift41Proxy.direct(OpenShift41Seen.good().facts());

  @Test
  void direct_ofAMaster_isMastersAndNamesOfEtcd() {
    assertThat(DIRECT)
        .containsExactlyInAnyOrder(
            "127.0.0.1",
            "localhost",
            "10.0.1.10",
            "10.0.1.11",
            "etcd-0.lab.test",
            "etcd-1.lab.test",
            ".lab.test");
  }

  @Test
  void find_givenByTheCaller_asksNobodyAndAddsExceptions() {
    ClusterProxy given =
        new ClusterProxy(
            Optional.empty(), Optional.of(Secret.of("http://me:pass@proxy:1")), List.of(".svc"));
    OpenShift41Proxy found =
        OpenShift41Proxy.find(Optional.of(given), Optional.empty(), mock(RemoteHost.class), DIRECT);
    assertThat(found.proxy().noProxy()).startsWith(".svc").contains("etcd-0.lab.test");
    assertThat(found.toString()).contains("http://***@proxy:1", "given").doesNotContain("pass");
    assertThat(new String(found.assignments().reveal(), UTF_8))
        .contains("export HTTPS_PROXY='http://me:pass@proxy:1'\n", "export NO_PROXY='.svc,")
        .doesNotContain("HTTP_PROXY='http://me:pass@proxy:1'\nexport http_proxy");
  }

  @Test
  void find_clusterAndKubeletThatHaveNone_isNone() {
    OpenShift41Proxy found = ofClusterWithout("Environment=\n");

    assertThat(found.proxy().isNone()).isTrue();
    assertThat(found.assignments().reveal()).isEmpty();
  }

  /** In 4.1 a proxy may be the machines' own, of which the cluster knows nothing. */
  @Test
  void find_kubeletThatHasOneWhereTheClusterNamesNone_isTheKubelets() {
    OpenShift41Proxy found = ofClusterWithout("Environment=HTTPS_PROXY=http://proxy:3\n");

    assertThat(found.proxy().https()).isPresent();
    assertThat(found.toString()).contains("by the kubelet's unit on m0, the cluster names none");
  }

  private static OpenShift41Proxy ofClusterWithout(String kubelet) {
    FakeHost host = FakeHost.named("m0");
    host.on("systemctl show kubelet").prints(kubelet);
    return OpenShift41Proxy.find(
        Optional.empty(), Optional.of(() -> ClusterProxy.NONE), host, DIRECT);
  }

  @Test
  void ofKubelet_variablesOfItsUnit_areRead() {
    ClusterProxy proxy =
        OpenShift41Proxy.ofKubelet(
            Map.of("https_proxy", "http://proxy:2", "NO_PROXY", ".svc, 10.0.0.0/16"));
    assertThat(proxy.noProxy()).containsExactly(".svc", "10.0.0.0/16");
    assertThat(proxy.https()).isPresent();
    assertThat(OpenShift41Proxy.ofKubelet(Map.of()).isNone()).isTrue();
  }

  @Test
  void assignments_valueWithAQuote_staysOneWord() {
    ClusterProxy proxy =
        new ClusterProxy(Optional.of(Secret.of("http://it's:1")), Optional.empty(), List.of());
    assertThat(new String(new OpenShift41Proxy(proxy, "", "").assignments().reveal(), UTF_8))
        .contains("export HTTP_PROXY='http://it'\\''s:1'\n");
  }
}
