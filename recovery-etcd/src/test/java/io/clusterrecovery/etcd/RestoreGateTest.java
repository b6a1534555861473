package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Code;
import io.clusterrecovery.Plan;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.etcd.MemberEvidence.ClientAnswer;
import io.clusterrecovery.etcd.MemberEvidence.PeerPort;
import io.clusterrecovery.etcd.MemberEvidence.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RestoreGateTest {
  private final SteppedClock clock = new SteppedClock();
  private final RunContext run = RunContext.builder().clock(clock).build();
  private final AtomicInteger looks = new AtomicInteger();
  private final List<String> fenced = new ArrayList<>();
  private volatile ClientAnswer others = ClientAnswer.SILENT;

  @Test
  void pass_quorumIsThere_isRefusedAndNobodyIsFenced() {
    RestoreGate gate = gate();
    others = ClientAnswer.READ_SUCCEEDED;

    assertThatThrownBy(() -> gate.pass(run))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.QUORUM_IS_THERE));

    assertThat(fenced).isEmpty();
  }

  @Test
  void pass_afterAnApproach_takesThatProof() {
    RestoreGate gate = gate();

    gate.approach(run);
    clock.pause(Duration.ofSeconds(30));
    gate.pass(run);

    assertThat(looks).hasValue(1);
    assertThat(fenced).containsExactly("b");
  }

  @Test
  void pass_approachThatSawQuorum_isRefused() {
    RestoreGate gate = gate();
    others = ClientAnswer.READ_SUCCEEDED;

    gate.approach(run);

    assertThatThrownBy(() -> gate.pass(run)).isInstanceOf(RefusedException.class);
    assertThat(fenced).isEmpty();
  }

  @Test
  void pass_moreThanThirtySecondsAfterAnApproach_looksAgain() {
    RestoreGate gate = gate();
    gate.approach(run);
    awaitLooks(1);
    others = ClientAnswer.READ_SUCCEEDED;
    clock.pause(Duration.ofSeconds(31));

    assertThatThrownBy(() -> gate.pass(run)).isInstanceOf(RefusedException.class);

    assertThat(looks).hasValue(2);
    assertThat(fenced).isEmpty();
  }

  @Test
  void approach_againSoonAfter_goesOnWithThatProof() {
    RestoreGate gate = gate();
    gate.approach(run);
    clock.pause(Duration.ofSeconds(10));
    gate.approach(run);
    gate.pass(run);
    assertThat(looks).hasValue(1);
  }

  @Test
  void approach_againMuchLater_beginsAnew() {
    RestoreGate gate = gate();
    gate.approach(run);
    awaitLooks(1);
    others = ClientAnswer.READ_SUCCEEDED;
    clock.pause(Duration.ofSeconds(11));
    gate.approach(run);

    assertThatThrownBy(() -> gate.pass(run)).isInstanceOf(RefusedException.class);
    assertThat(looks).hasValue(2);
  }

  @Test
  void approach_soonAfterThePlanHasLooked_goesOnWithThatProof() {
    RestoreGate gate = gate();
    gate.seen(List.of(), clock.elapsed());
    clock.pause(Duration.ofSeconds(10));
    gate.approach(run);
    assertThatThrownBy(() -> gate.pass(run)).isInstanceOf(RefusedException.class);
    assertThat(looks).hasValue(0);
  }

  @Test
  void approach_longAfterThePlanHasLooked_looksAgain() {
    RestoreGate gate = gate();
    gate.seen(List.of(), clock.elapsed());
    clock.pause(Duration.ofSeconds(11));
    gate.approach(run);
    gate.pass(run);
    assertThat(looks).hasValue(1);
    assertThat(fenced).containsExactly("b");
  }

  @Test
  void pass_twiceAfterOneApproach_looksAgain() {
    RestoreGate gate = gate();
    gate.approach(run);
    gate.pass(run);
    gate.pass(run);
    assertThat(looks).hasValue(2);
  }

  private void awaitLooks(int wanted) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (looks.get() < wanted && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private RestoreGate gate() {
    RestoreGate gate = new RestoreGate(this::evidence);
    Plan nothing = Plan.of("fence", "b").build();
    gate.fence(unused -> fenced.add("b"), nothing, Plan.of("restore", "a"));
    return gate;
  }

  private List<MemberEvidence> evidence() {
    ClientAnswer answer = others;
    looks.incrementAndGet();
    return List.of(
        member("a", Standing.SURVIVOR, ClientAnswer.SEES_NO_LEADER),
        member("b", Standing.VOUCHED_LOST, answer),
        member("c", Standing.VOUCHED_LOST, ClientAnswer.SILENT));
  }

  private static MemberEvidence member(String name, Standing standing, ClientAnswer answer) {
    EtcdMember member = QuorumDecisionTest.member(name, EtcdMember.Role.VOTER);
    PeerPort port = standing == Standing.SURVIVOR ? PeerPort.NOT_ASKED : PeerPort.SILENT;
    return new MemberEvidence(member, standing, answer, port, HostSight.NOT_GIVEN);
  }
}
