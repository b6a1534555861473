package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.testkit.AwsSimulator;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.VPC;

class DnsZoneIT {
  @TempDir Path dir;
  private AwsSimulator aws;
  private Route53Client route53;

  @BeforeEach
  void start() {
    aws = AwsSimulator.in(dir).record("etcd-1", "10.0.0.11").syncDelay(Duration.ZERO).start();
    route53 = AwsTestClients.retryingRoute53(aws.uri());
    route53.createHostedZone(r -> r.name("lab.test").callerReference("public"));
  }

  @AfterEach
  void stop() {
    route53.close();
    aws.close();
  }

  @Test
  void privateZone_besideAPublicOneOfThatName_isFound() {
    assertThat(plan(on().privateZone("lab.test")).target()).contains(aws.zoneId());
    assertThat(plan(on().privateZone("Lab.Test.")).changes()).hasSize(1);
  }

  @Test
  void publicZone_isFoundAndAcceptedByItsName() {
    Plan plan = plan(on().publicZone("lab.test"));

    assertThat(plan.target()).doesNotContain(aws.zoneId());
    assertThat(plan.refusals()).isEmpty();
    assertThat(plan.forced()).containsExactly("acceptPublicZone");
  }

  @Test
  void privateZone_moreThanOneFits_isRefusedNamingThemUnlessTheVpcTells() {
    String other =
        route53
            .createHostedZone(
                r ->
                    r.name("lab.test")
                        .callerReference("second")
                        .hostedZoneConfig(c -> c.privateZone(true).comment("the other one"))
                        .vpc(VPC.builder().vpcId("vpc-2").vpcRegion("us-east-1").build()))
            .hostedZone()
            .id()
            .replace("/hostedzone/", "");
    Plan plan = plan(on().privateZone("lab.test"));

    assertThat(plan.refusals()).extracting("code").containsExactly(Code.ZONE_AMBIGUOUS);
    assertThat(plan.refusals().get(0).found())
        .contains(aws.zoneId(), other + " (the other one)")
        .doesNotContain("public");
    assertThat(plan(on().privateZone("lab.test", "vpc-2")).target()).contains(other);
  }

  @Test
  void privateZone_noneFits_isRefusedNamingWhatThereIs() {
    Plan otherVpc = plan(on().privateZone("lab.test", "vpc-9"));
    Plan otherName = plan(on().privateZone("other.test"));

    assertThat(otherVpc.refusals()).extracting("code").containsExactly(Code.ZONE_UNKNOWN);
    assertThat(otherVpc.refusals().get(0).found())
        .contains("private zone lab.test of vpc-9", aws.zoneId());
    assertThat(otherName.refusals().get(0).found()).contains("none of that name at all");
  }

  private DnsUpdaterBuilder on() {
    return DnsUpdater.on(route53);
  }

  private static Plan plan(DnsUpdaterBuilder builder) {
    return builder.record("etcd-1", "10.0.1.13").build().plan();
  }
}
