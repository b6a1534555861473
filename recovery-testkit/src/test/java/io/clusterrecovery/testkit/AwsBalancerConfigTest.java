package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AwsBalancerConfigTest {
  @Test
  void render_healthyTargets_areTheBackendsOfTheirGroup() {
    String config =
        AwsBalancerConfig.render(
            List.of(new AwsTarget("10.0.0.2", 6443), new AwsTarget("10.0.0.1", 6443)), List.of());

    assertThat(config)
        .contains("default-server inter 1s fall 2")
        .endsWith(
            """
            frontend internal
              bind *:6443
              default_backend internal-targets
            backend internal-targets
              server 10-0-0-1-6443 10.0.0.1:6443 check
              server 10-0-0-2-6443 10.0.0.2:6443 check
            frontend external
              bind *:7443
              default_backend external-targets
            backend external-targets
            """);
  }
}
