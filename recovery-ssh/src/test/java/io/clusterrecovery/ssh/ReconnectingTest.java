package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.StepFailedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReconnectingTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final PassingClock clock = new PassingClock();
  private final Failures failures = new Failures("10.0.0.1");
  private boolean away = true;
  private final Reconnecting reconnecting = new Reconnecting(() -> away, clock, LIMIT, failures);
  private int calls;

  @Test
  void repeating_lostThenAwayThenBack_givesTheValue() {
    String value =
        reconnecting.repeating("looking", failing(failures.lost("looking"), away(), away()));
    assertThat(value).isEqualTo("value");
    assertThat(calls).isEqualTo(4);
  }

  @Test
  void repeating_pauses_growWithJitterUpToALongest() {
    assertThat(away(LIMIT)).isNotNull();
    assertThat(clock.pauses().get(0)).isBetween(Duration.ofMillis(125), Duration.ofMillis(375));
    assertThat(clock.pauses().get(1)).isBetween(Duration.ofMillis(250), Duration.ofMillis(750));
    assertThat(clock.pauses()).allSatisfy(p -> assertThat(p).isLessThan(Duration.ofSeconds(8)));
  }

  @Test
  void repeating_awayForTheWholeLimit_endsAtItWithTheRefusal() {
    RecoveryException e = away(LIMIT);
    assertThat(e).isInstanceOf(RefusedException.class);
    assertThat(e.code()).isEqualTo(Code.HOST_UNREACHABLE);
    assertThat(clock.elapsed()).isEqualTo(LIMIT);
  }

  @Test
  void repeating_lostAndNeverBack_doesNotSayThatNothingWasStarted() {
    StepFailedException e =
        catchThrowableOfType(
            StepFailedException.class,
            () ->
                reconnecting.repeating(
                    "starting",
                    () -> {
                      throw calls++ == 0 ? failures.lost("starting it") : away();
                    }));
    assertThat(e.code()).isEqualTo(Code.HOST_UNREACHABLE);
    assertThat(e.found()).contains("broke during: starting it").contains("it is off");
    assertThat(e.unknown()).isEqualTo("whether it ended, and how");
    assertThat(clock.elapsed()).isEqualTo(LIMIT);
  }

  @Test
  void repeating_keyChangedMeanwhile_endsAtOnce() {
    RefusedException changed = failures.refused(Code.HOST_KEY_CHANGED, "another key", "Stop.");
    StepFailedException e =
        catchThrowableOfType(
            StepFailedException.class,
            () -> reconnecting.repeating("looking", failing(failures.lost("looking"), changed)));
    assertThat(e.code()).isEqualTo(Code.HOST_KEY_CHANGED);
    assertThat(e).hasCause(changed);
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void repeating_neverThereBeforeOrThereAndBusy_isNotRepeated() {
    away = false;
    RefusedException e =
        catchThrowableOfType(
            RefusedException.class, () -> reconnecting.repeating("looking", failing(away())));
    assertThat(e.code()).isEqualTo(Code.HOST_UNREACHABLE);
    assertThat(calls).isEqualTo(1);
    assertThat(clock.pauses()).isEmpty();
  }

  @Test
  void starting_awayThenBack_startsOnce() {
    assertThat(reconnecting.starting("rm", failing(away()))).isEqualTo("value");
    assertThat(calls).isEqualTo(2);
  }

  @Test
  void starting_lostMeanwhile_isNeverRepeated() {
    StepFailedException e =
        catchThrowableOfType(
            StepFailedException.class,
            () -> reconnecting.starting("rm", failing(failures.lost("rm"))));
    assertThat(e.code()).isEqualTo(Code.CONNECTION_LOST);
    assertThat(calls).isEqualTo(1);
    assertThat(clock.pauses()).isEmpty();
  }

  @Test
  void repeating_interruptedMeanwhile_endsAndKeepsTheFlag() {
    Thread.currentThread().interrupt();
    StepFailedException e =
        catchThrowableOfType(
            StepFailedException.class, () -> reconnecting.repeating("looking", failing(away())));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(e.code()).isEqualTo(Code.INTERRUPTED);
    assertThat(calls).isEqualTo(1);
  }

  private RecoveryException away(Duration time) {
    return catchThrowableOfType(
        RecoveryException.class,
        () ->
            reconnecting.repeating(
                "looking",
                () -> {
                  if (clock.elapsed().compareTo(time) > 0) {
                    return "value";
                  }
                  throw away();
                }));
  }

  private RefusedException away() {
    return failures.refused(Code.HOST_UNREACHABLE, "it is off.", "Switch it on.");
  }

  private Supplier<String> failing(RecoveryException... inTurn) {
    Deque<RecoveryException> left = new ArrayDeque<>(Arrays.asList(inTurn));
    return () -> {
      calls++;
      RecoveryException next = left.poll();
      if (next != null) {
        throw next;
      }
      return "value";
    };
  }
}
