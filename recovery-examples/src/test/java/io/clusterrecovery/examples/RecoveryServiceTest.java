package io.clusterrecovery.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.AddressRecord;
import io.clusterrecovery.Outcome;
import io.clusterrecovery.Report;
import io.clusterrecovery.Runbook;
import io.clusterrecovery.testkit.FakeClock;
import io.clusterrecovery.testkit.FakeDns;
import io.clusterrecovery.testkit.FakeTargets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service's recovery of a zone and a balancer in memory. */
class RecoveryServiceTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final FakeDns dns = FakeDns.zone("example.com").record("etcd-1", "10.0.0.5");
  private final FakeTargets targets = FakeTargets.of("10.0.0.4", "10.0.0.5");

  @Test
  void begin_recoveryThatIsCancelled_stopsBetweenChangesAndIsResumed(@TempDir Path dir)
      throws Exception {
    RecoveryService service = new RecoveryService(runbook(dir.resolve("journal")));
    assertThat(service.status()).isEqualTo("no recovery was begun");
    assertThat(service.report(LIMIT)).isEmpty();

    service.begin();
    assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(service.status()).contains("step 1 of 2 'DNS'");
    assertThatThrownBy(service::begin).isInstanceOf(IllegalStateException.class);
    service.cancel();
    goOn.countDown();

    Report cancelled = service.report(LIMIT).orElseThrow();
    assertThat(cancelled.outcome()).isNotEqualTo(Outcome.DONE);
    assertThat(targets.targets()).containsOnlyKeys("10.0.0.4", "10.0.0.5");

    service.resume();
    Report resumed = service.report(LIMIT).orElseThrow();
    assertThat(resumed.outcome()).as(resumed.toString()).isEqualTo(Outcome.DONE);
    assertThat(dns.records()).containsEntry("etcd-1.example.com", "10.0.0.6");
    assertThat(targets.targets()).containsOnlyKeys("10.0.0.4", "10.0.0.6");
    assertThat(service.status()).contains("ended");
  }

  /** The first change waits for the test, once. */
  private Runbook runbook(Path journal) {
    dns.beforeChanges(
        () -> {
          asked.countDown();
          awaitUninterrupted(goOn);
        });
    Runbook.Builder book = Runbook.named("lost masters").journal(journal).clock(new FakeClock());
    book.step("DNS", dns.pointing(List.of(new AddressRecord("etcd-1", "10.0.0.6"))));
    book.step("balancer", targets.serving(List.of("10.0.0.4", "10.0.0.6"), List.of("10.0.0.5")));
    return book.build();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
