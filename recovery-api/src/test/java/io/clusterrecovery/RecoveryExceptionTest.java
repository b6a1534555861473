package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecoveryExceptionTest {
  private static final List<Change> CHANGED = List.of(TestStep.FIRST);

  static Stream<RecoveryException> afterAChange() {
    return Stream.of(
        new StepFailedException(
            Code.DISK_FULL, "No room.", CHANGED, "whether it moved", "Make room.", null),
        new TimedOutException(
            "etcd", Duration.ofSeconds(9), "No room.", CHANGED, "Make room.", null));
  }

  @ParameterizedTest
  @MethodSource("afterAChange")
  void message_afterAChange_saysFoundChangedAndNext(RecoveryException e) {
    assertThat(e)
        .hasMessageContaining("No room.")
        .hasMessageContaining("Changed so far: stop etcd on host-1.")
        .hasMessageContaining("Next: Make room.");
    assertThat(e.changed()).isEqualTo(CHANGED);
  }

  @Test
  void message_refusal_saysEachThingFoundThatNothingWasChangedAndNext() {
    RefusedException e =
        new RefusedException(
            List.of(
                new Refusal(Code.DISK_FULL, "No room.", "Make room."),
                new Refusal(Code.TOOL_MISSING, "No etcdctl.", "Install it.")));

    assertThat(e)
        .hasMessageContaining("nothing was changed")
        .hasMessageContaining("DISK_FULL: No room. Next: Make room.")
        .hasMessageContaining("TOOL_MISSING: No etcdctl. Next: Install it.");
  }

  /** Whatever is added has to be tried here as well. */
  @Test
  void kinds_areTheThreeThatAreTriedHere() {
    assertThat(RecoveryException.class.getPermittedSubclasses())
        .containsExactlyInAnyOrder(
            RefusedException.class, StepFailedException.class, TimedOutException.class);
  }
}
