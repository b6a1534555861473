package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Change;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.StepRef;
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

  @Test
  void resume_resultHoldsWhatWasChangedBefore_soALaterStepCanUndoIt() {
    aws.faults().holdPending(true);
    assertThatThrownBy(undoing().run()::orThrow).hasMessageContaining("PENDING");
    assertThat(updater().plan().changes()).isEmpty();

    aws.faults().holdPending(false);
    undoing().resume().orThrow();

    assertThat(updater().plan().changes())
        .singleElement()
        .extracting(Change::from)
        .isEqualTo("10.0.0.11 (TTL 2 s)");
  }

  private Runbook book() {
    Runbook.Builder book = Runbook.named("dns").journal(dir.resolve("journal"));
    book.step("correct DNS", updater());
    return book.build();
  }

  private Runbook undoing() {
    Runbook.Builder book = Runbook.named("dns").journal(dir.resolve("journal"));
    StepRef<DnsResult> corrected = book.step("correct DNS", updater());
    book.step("put it back", results -> updater().undoing(results.get(corrected)));
    return book.build();
  }

  private DnsUpdater updater() {
    return DnsUpdater.on(route53)
        .zone(aws.zoneId())
        .record("etcd-1", "10.0.1.13")
        .syncLimit(Duration.ofSeconds(3))
        .build();
  }
}
