package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.AddressRecord;
import io.clusterrecovery.ApiServerLease;
import io.clusterrecovery.Code;
import io.clusterrecovery.Event;
import io.clusterrecovery.RecoveryStep;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.TimedOutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the fakes hold to what their ports say. */
class FakePortsTest {
  private static final String OLD = "10.0.0.5";
  private static final String NEW = "10.0.0.6";

  private final FakeClock clock = new FakeClock();
  private final RecordedEvents events = new RecordedEvents();
  private final RunContext run = RunContext.builder().clock(clock).listener(events).build();
  private final FakeDns dns =
      FakeDns.zone("example.com").record("etcd-1", OLD).record("etcd-2", OLD);

  @Test
  void dns_recordsThatDiffer_areShownAndChangedTogether() {
    RecoveryStep<?> step = pointing("etcd-1", "etcd-9.example.com");
    assertThat(step.plan().changes()).extracting(c -> c.from()).containsExactly(OLD, "absent");
    run.carryOut(step);
    assertThat(dns.records())
        .isEqualTo(
            Map.of(
                "etcd-1.example.com", NEW, "etcd-2.example.com", OLD, "etcd-9.example.com", NEW));
    assertThat(step.plan().satisfied()).isTrue();
    assertThat(events.of(Event.ChangeFinished.class)).hasSize(2);
  }

  @Test
  void dns_editedMeanwhile_changesNothing() {
    dns.beforeChanges(() -> dns.record("etcd-2", "10.9.9.9"));
    assertThatThrownBy(() -> run.carryOut(pointing("etcd-1", "etcd-2")))
        .extracting("code")
        .isEqualTo(Code.CONCURRENT_CHANGE);
    assertThat(dns.records()).containsEntry("etcd-1.example.com", OLD);
  }

  @Test
  void dns_nameOfAnotherZone_isRefused() {
    assertThat(pointing("etcd-1.example.org").plan().refusals())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(Code.RECORD_UNSUPPORTED));
  }

  @Test
  void targets_newOneGetsHealthy_takesTheOthersPlace() {
    FakeTargets targets = FakeTargets.of("10.0.0.4", OLD, "10.0.0.9");
    RecoveryStep<?> step = targets.serving(List.of("10.0.0.4", NEW), List.of(OLD));
    run.carryOut(step);
    assertThat(targets.targets()).isEqualTo(Map.of("10.0.0.4", true, NEW, true, "10.0.0.9", true));
    assertThat(step.plan().satisfied()).isTrue();
    assertThat(clock.pauses()).hasSize(1);
  }

  @Test
  void targets_newOneNeverHealthy_leavesTheOldOnesIn() {
    FakeTargets targets = FakeTargets.of("10.0.0.4", OLD).unhealthy(NEW);
    RecoveryStep<?> step = targets.serving(List.of(NEW), List.of(OLD));
    assertThatThrownBy(() -> run.carryOut(step)).isInstanceOf(TimedOutException.class);
    assertThat(targets.targets()).isEqualTo(Map.of("10.0.0.4", true, OLD, true, NEW, false));
    assertThat(clock.elapsed()).isGreaterThanOrEqualTo(FakeTargets.DEFAULT_LIMIT);
  }

  @Test
  void store_leaseRenewedSinceItWasRead_isNotForgotten() {
    FakeStore store = new FakeStore().revision(7).alarm("NOSPACE of master-0");
    ApiServerLease read = store.renewed(OLD);
    ApiServerLease now = store.renewed(OLD);
    assertThat(store.forget(read)).isFalse();
    assertThat(store.apiServers()).containsExactly(now);
    assertThat(store.forget(now)).isTrue();
    assertThat(store.revision()).isEqualTo(7);
    assertThat(store.alarms()).containsExactly("NOSPACE of master-0");
    assertThatThrownBy(store.silent(true)::revision)
        .extracting("code")
        .isEqualTo(Code.ETCD_UNREACHABLE);
  }

  @Test
  void clock_pauses_passAtOnceUnlessInterrupted() throws InterruptedException {
    clock.pause(Duration.ofHours(1));
    clock.advance(Duration.ofMinutes(1));
    assertThat(clock.now()).isEqualTo(FakeClock.START.plus(Duration.ofMinutes(61)));
    clock.duringPauses(Thread.currentThread()::interrupt);
    assertThatThrownBy(() -> clock.pause(Duration.ofHours(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(clock.pauses()).hasSize(2);
  }

  private RecoveryStep<?> pointing(String... names) {
    return dns.pointing(List.of(names).stream().map(n -> new AddressRecord(n, NEW)).toList());
  }
}
