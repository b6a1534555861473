package io.clusterrecovery.aws;

import static io.clusterrecovery.aws.DnsFixtures.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.TimedOutException;
import io.clusterrecovery.testkit.AwsSimulator;
import io.clusterrecovery.testkit.Bind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.route53.Route53Client;

/** Asks a real BIND. */
class DnsResolverIT {
  @TempDir Path dir;
  private Bind bind;
  private DnsResolver resolver;

  @BeforeEach
  void start() {
    bind =
        Bind.start(
            dir.resolve("bind"),
            "lab.test",
            "etcd-0 60 IN A 10.0.0.10",
            "etcd-1 60 IN A 10.0.0.11",
            "etcd-1 60 IN AAAA fd00::11",
            "_etcd-server-ssl._tcp 60 IN SRV 0 10 2380 etcd-0",
            "_etcd-server-ssl._tcp 60 IN SRV 0 10 2380 etcd-1");
    resolver = new DnsResolver("127.0.0.1:" + bind.port());
  }

  @AfterEach
  void stop() {
    bind.close();
  }

  @Test
  void firstDifference_allAsItShouldBe_isNone() {
    assertThat(
            resolver.firstDifference(
                List.of(
                    held(record("etcd-0", "A", "10.0.0.10")),
                    held(record("etcd-1", "AAAA", "fd00:0::11")),
                    held(
                        record(
                            "_etcd-server-ssl._tcp",
                            "SRV",
                            "0 10 2380 etcd-1.lab.test",
                            "0 10 2380 etcd-0.lab.test.")),
                    new DnsDecision.Held(
                        RecordId.plain("etcd-9.lab.test", "A"), Optional.empty()))))
        .isEmpty();
  }

  @Test
  void firstDifference_oldAnswerOrNone_isTold() {
    assertThat(resolver.firstDifference(List.of(held(record("etcd-1", "A", "10.0.1.13")))))
        .contains("etcd-1.lab.test A is [10.0.0.11] there");
    assertThat(resolver.firstDifference(List.of(held(record("etcd-7", "A", "10.0.1.13")))))
        .contains("etcd-7.lab.test A is absent there");
  }

  @Test
  void firstDifference_nobodyAnswers_isTold() {
    bind.close();

    assertThat(resolver.firstDifference(List.of(held(record("etcd-1", "A", "10.0.0.11")))))
        .hasValueSatisfying(said -> assertThat(said).startsWith("it does not answer"));
  }

  @Test
  void update_resolverGivesTheRecords_endsAndOtherwiseTimesOut() {
    try (AwsSimulator aws =
            AwsSimulator.in(dir.resolve("aws"))
                .record("etcd-1", "10.0.0.12")
                .syncDelay(Duration.ZERO)
                .start();
        Route53Client route53 = AwsTestClients.retryingRoute53(aws.uri())) {
      DnsResult result = updater(route53, aws.zoneId(), "10.0.0.11").update();

      assertThat(result.changed()).hasSize(1);
      assertThatThrownBy(() -> updater(route53, aws.zoneId(), "10.0.1.13").update())
          .isInstanceOfSatisfying(
              TimedOutException.class,
              e -> {
                assertThat(e.waitingFor()).startsWith("resolver 127.0.0.1");
                assertThat(e.found()).contains("etcd-1.lab.test A is [10.0.0.11] there");
                assertThat(e.changed()).hasSize(1);
              });
    }
  }

  private DnsUpdater updater(Route53Client route53, String zone, String ip) {
    return DnsUpdater.on(route53)
        .zone(zone)
        .record("etcd-1", ip)
        .oldTtlLimit(Duration.ZERO)
        .syncLimit(Duration.ofSeconds(5))
        .resolver("127.0.0.1:" + bind.port())
        .build();
  }

  private static DnsDecision.Held held(RecordSeen record) {
    return new DnsDecision.Held(record.id(), Optional.of(record));
  }
}
