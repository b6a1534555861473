package io.clusterrecovery.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.k8s.KubeletLook.Running;
import io.clusterrecovery.k8s.KubeletLook.Unknown;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubeletScriptTest {
  private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");
  private static final String DIGEST = "0123456789abcdef0123456789abcdef";

  @Test
  void read_oneKubelet_isAsOldAsTheHostsUptimeSays() {
    String out =
        """
        kubelet 90000 100 1000.50
        key kubelet-client-current.pem 0123456789abcdef0123456789abcdef0011 -
        key kubelet-server-current.pem e3b0c44298fc1c149afbf4c8996fb92427ae -
        """;
    assertThat(KubeletScript.read(out, NOW))
        .isEqualTo(
            new Running(NOW.minusMillis(100_500), Map.of("kubelet-client-current.pem", DIGEST)));
  }

  @Test
  void read_noneOrSeveral_isUnknown() {
    assertThat(KubeletScript.read("", NOW)).isEqualTo(new Unknown("no kubelet runs on its host"));
    assertThat(KubeletScript.read("kubelet 1 100 5\nkubelet 2 100 5\n", NOW))
        .isEqualTo(new Unknown("several kubelets run on its host"));
  }
}
