package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.testkit.AwsSimulator;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.route53.Route53Client;

class DnsResumeIT {
  private static final Duration TTL = Duration.ofSeconds(2);

  @TempDir Path dir;
  private AwsSimulator aws;
  private Route53Client route53;

  @BeforeEach
  void start() {
    aws = AwsSimulator.in(dir).ttl(TTL).record("etcd-1", "10.0.0.11").start();
    route53 = AwsTestClients.retryingRoute53(aws.uri());
  }

  @AfterEach
  void stop() {
    route53.close();
    aws.close();
  }

  @Test
  void resume_recordsAsWantedButPending_waitsForSyncAndForTheOldTtl() {
    aws.faults().holdPending(true);
    assertThatThrownBy(book().run()::orThrow).hasMessageContaining("PENDING");
    assertThatThrownBy(book().resume()::orThrow).hasMessageContaining("PENDING");

    aws.faults().holdPending(false);
    long start = System.nanoTime();
    Report report = book().resume().orThrow();

    assertThat(report.waits())
        .extracting(Report.Waited::name)
        .anyMatch(name -> name.endsWith("in sync"))
        .contains("old answers to leave the caches of resolvers");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(TTL);
    assertThat(book().resume().orThrow().waits()).isEmpty();
  }

  private Runbook book() {
    Runbook.Builder book = Runbook.named("dns").journal(dir.resolve("journal"));
    book.step(
        "correct DNS",
        DnsUpdater.on(route53)
            .zone(aws.zoneId())
            .record("etcd-1", "10.0.1.13")
            .syncLimit(Duration.ofSeconds(3))
            .awaitOldTtl()
            .build());
    return book.build();
  }
}
