package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Master;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoverInputsTest {
  private final Map<String, String> variables = new HashMap<>();

  RecoverInputsTest() {
    for (String file :
        List.of(
            "LAB_SNAPSHOT",
            "LAB_BACKUPS",
            "LAB_SSH_KEY",
            "LAB_KNOWN_HOSTS",
            "ETCDCTL_CACERT",
            "ETCDCTL_CERT",
            "ETCDCTL_KEY",
            "KUBECONFIG")) {
      variables.put(file, "/" + file);
    }
    variables.put("LAB_SURVIVOR", "m0=10.0.0.1");
    variables.put("LAB_LOST", "m1=10.0.0.2 m2=10.0.0.3");
    variables.put("LAB_NEW", "m3=10.0.0.13 m4=10.0.0.14");
    variables.put("AWS_ENDPOINT_URL", "http://aws.test");
    variables.put("LAB_ZONE", "lab.test");
    variables.put("LAB_ZONE_ID", "Z1");
    variables.put("LAB_TG_INTERNAL_ARN", "arn:int");
    variables.put("LAB_TG_EXTERNAL_ARN", "arn:ext");
  }

  @Test
  void of_oneIsMissing_isNamed() {
    variables.remove("LAB_ZONE_ID");

    assertThatThrownBy(() -> RecoverInputs.of(variables))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("LAB_ZONE_ID is not set");
  }

  @Test
  void of_all_areRead() {
    RecoverInputs inputs = RecoverInputs.of(variables);

    assertThat(inputs.survivor()).isEqualTo(new Master("m0", "10.0.0.1"));
    assertThat(inputs.masters())
        .containsExactly(new Master("m3", "10.0.0.13"), new Master("m4", "10.0.0.14"));
    assertThat(inputs.peerUrl(1)).isEqualTo(URI.create("https://etcd-1.lab.test:2380"));
  }
}
