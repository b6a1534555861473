package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class OperatorTest {
  private final Operator me = Operator.here(null);

  @Test
  void here_withoutAName_isTheUserAtThisMachine() {
    assertThat(me.owner()).isEqualTo(System.getProperty("user.name") + "@" + me.machine());
    assertThat(Operator.here("alice").owner()).isEqualTo("alice");
  }

  @Test
  void knowsEnded_ownLock_isOfThisProcessAndHasNotEnded() {
    assertThat(me.isOfThisProcess(lock(me.machine(), me.process()))).isTrue();
    assertThat(me.knowsEnded(lock(me.machine(), me.process()))).isFalse();
  }

  @Test
  void knowsEnded_sameNumberBegunAtAnotherTime_hasEnded() {
    String[] words = me.process().split(" ");
    words[1] = "2020-01-01T00:00:00Z";
    String earlier = String.join(" ", words);
    assertThat(me.isOfThisProcess(lock(me.machine(), earlier))).isFalse();
    assertThat(me.knowsEnded(lock(me.machine(), earlier))).isTrue();
  }

  @Test
  void knowsEnded_otherMachineOrContainerOrText_isNotKnown() {
    String[] words = me.process().split(" ");
    words[1] = "2020-01-01T00:00:00Z";
    assertThat(me.knowsEnded(lock("another", String.join(" ", words)))).isFalse();
    words[2] = "pid:[1]";
    assertThat(me.knowsEnded(lock(me.machine(), String.join(" ", words)))).isFalse();
    assertThat(me.knowsEnded(lock(me.machine(), "x"))).isFalse();
    assertThat(me.knowsEnded(lock(me.machine(), "x y " + words[2] + " z"))).isFalse();
  }

  private static LockEntry lock(String machine, String process) {
    return new LockEntry("run", "alice", machine, process, Instant.EPOCH, null, null);
  }
}
