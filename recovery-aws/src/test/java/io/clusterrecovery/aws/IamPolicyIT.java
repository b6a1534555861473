package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.testkit.AwsCall;
import io.clusterrecovery.testkit.AwsSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;

/** The documented policy allows what is called, and nothing that is not. */
class IamPolicyIT {
  private static final int PORT = 16443;
  private static final String SURVIVOR = "127.0.0.2";
  private static final String LOST = "127.0.0.3";
  private static final String NEW = "127.0.0.5";

  @TempDir Path dir;
  private final Masters masters = new Masters();
  private AwsSimulator aws;

  @BeforeEach
  void start() throws IOException {
    masters.serve(SURVIVOR, PORT);
    masters.serve(NEW, PORT);
    aws =
        AwsSimulator.in(dir)
            .record("etcd-1", "10.0.0.11")
            .ttl(Duration.ofSeconds(1))
            .target(SURVIVOR)
            .target(LOST)
            .port(PORT)
            .healthInterval(Duration.ofMillis(200))
            .drainDelay(Duration.ofMillis(200))
            .start();
  }

  @AfterEach
  void stop() throws IOException {
    aws.close();
    masters.close();
  }

  @Test
  void loadBalancerUpdater_everyWayToNameAGroup_callsWhatItsPolicyAllows() throws IOException {
    IamPolicy policy = IamPolicy.documentedFor(LoadBalancerUpdater.class);
    try (ElasticLoadBalancingV2Client elb = AwsTestClients.elb(aws.uri())) {
      LoadBalancerUpdater updater =
          LoadBalancerUpdater.on(elb)
              .loadBalancer("lab-internal", PORT)
              .targetGroup(aws.internalTargetGroup())
              .targetGroupNamed("external")
              .targets(SURVIVOR, NEW)
              .leaving(LOST)
              .build();

      updater.plan();
      assertThat(called()).isEqualTo(policy.actions("Plan"));

      updater.rollback(updater.update());
      assertThat(called()).isEqualTo(policy.actions(""));
    }
  }

  @Test
  void dnsUpdater_updateAndRollback_callsWhatItsPolicyAllows() throws IOException {
    IamPolicy policy = IamPolicy.documentedFor(DnsUpdater.class);
    try (Route53Client route53 = AwsTestClients.route53(aws.uri())) {
      DnsUpdater updater =
          DnsUpdater.on(route53).zone(aws.zoneId()).record("etcd-1", "10.0.1.13").build();

      updater.plan();
      assertThat(called()).isEqualTo(policy.actions("Plan"));

      updater.rollback(updater.update());
      assertThat(called()).isEqualTo(policy.actions(""));
    }
  }

  private Set<String> called() {
    return aws.calls().stream()
        .map(AwsCall::permission)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
