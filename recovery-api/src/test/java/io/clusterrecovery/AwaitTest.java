package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AwaitTest {
  private static final Wait WAIT =
      Wait.named("etcd to answer", Duration.ofSeconds(3)).every(Duration.ofSeconds(1));

  private final ManualClock clock = new ManualClock();
  private final Events events = new Events();
  private final RunContext run = RunContext.builder().clock(clock).listener(events).build();

  @Test
  void await_doneAtOnce_doesNotPause() {
    assertThat(run.await(WAIT, () -> Poll.done("it"))).isEqualTo("it");
    assertThat(clock.pauses()).isEmpty();
    assertThat(events.kinds()).containsExactly("WaitStarted", "WaitFinished");
  }

  @Test
  void await_doneLater_looksAtTheWaitsPace() {
    Deque<Poll<String>> looks =
        new ArrayDeque<>(List.of(Poll.notYet("a"), Poll.notYet("b"), Poll.done("it")));
    assertThat(run.await(WAIT, looks::removeFirst)).isEqualTo("it");
    assertThat(clock.pauses()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    Event.WaitFinished end = events.of(Event.WaitFinished.class).get(0);
    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(end.took()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void await_limitBeforeFirstChange_refusesWithWhatWasSeenLast() {
    RefusedException e = catchRefused(() -> Poll.notYet("no leader"));
    assertThat(e.code()).isEqualTo(Code.WAIT_TIMED_OUT);
    assertThat(e.found()).contains("3.0 s", "etcd to answer", "no leader");
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(3));
    assertThat(events.of(Event.WaitFinished.class).get(0).outcome()).isEqualTo(Outcome.TIMED_OUT);
  }

  @Test
  void await_limitAfterChange_timesOutWithTheChanges() {
    run.change(TestStep.FIRST, () -> {});
    TimedOutException e =
        catchThrowableOfType(
            TimedOutException.class, () -> run.await(WAIT, () -> Poll.notYet("no leader")));
    assertThat(e.waitingFor()).isEqualTo("etcd to answer");
    assertThat(e.limit()).isEqualTo(Duration.ofSeconds(3));
    assertThat(e.found()).isEqualTo("no leader");
    assertThat(e.changed()).containsExactly(TestStep.FIRST);
    assertThat(e.unknown()).isEqualTo("nothing");
  }

  @Test
  void await_limitWithinChange_tellsItAsUnknown() {
    TimedOutException e =
        catchThrowableOfType(
            TimedOutException.class,
            () ->
                run.change(
                    TestStep.FIRST, () -> run.await(WAIT, () -> Poll.notYet("still there"))));
    assertThat(e.unknown()).isEqualTo("stop etcd on host-1");
  }

  @Test
  void await_never_endsAtOnceWithItsReason() {
    RefusedException e =
        catchRefused(() -> Poll.never(Code.ETCD_ACCESS_DENIED, "Bad certificate.", "Renew it."));
    assertThat(e.code()).isEqualTo(Code.ETCD_ACCESS_DENIED);
    assertThat(e.next()).isEqualTo("Renew it.");
    assertThat(clock.pauses()).isEmpty();
    assertThat(events.of(Event.WaitFinished.class).get(0).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void await_limitNoMultipleOfThePace_looksOnceMoreAtTheLimit() {
    Wait uneven = WAIT.every(Duration.ofSeconds(2));
    assertThatThrownBy(() -> run.await(uneven, () -> Poll.notYet("nothing")))
        .isInstanceOf(RefusedException.class);
    assertThat(clock.pauses()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(1));
  }

  @Test
  void await_deadlineSooner_endsThere() {
    RunContext hurried =
        RunContext.builder().clock(clock).deadline(Duration.ofSeconds(2)).listener(events).build();
    assertThatThrownBy(() -> hurried.await(WAIT, () -> Poll.notYet("nothing")))
        .isInstanceOf(RefusedException.class);
    assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(2));
    assertThat(events.of(Event.WaitStarted.class).get(0).limit()).isEqualTo(Duration.ofSeconds(2));
    assertThat(hurried.within(Duration.ofHours(1))).isZero();
  }

  @Test
  void await_deadlinePassed_looksOnce() {
    RunContext late = RunContext.builder().clock(clock).deadline(Duration.ofSeconds(2)).build();
    clock.advance(Duration.ofSeconds(5));
    assertThat(late.await(WAIT, () -> Poll.done("it"))).isEqualTo("it");
    assertThatThrownBy(() -> late.await(WAIT, () -> Poll.notYet("nothing")))
        .isInstanceOf(RefusedException.class);
    assertThat(clock.pauses()).isEmpty();
  }

  @Test
  void await_sameSeenAgain_isToldOnce() {
    Deque<Poll<String>> looks =
        new ArrayDeque<>(
            List.of(Poll.notYet("a"), Poll.notYet("a"), Poll.notYet("b"), Poll.done("it")));
    run.await(WAIT, looks::removeFirst);
    assertThat(events.of(Event.WaitProgress.class))
        .extracting(Event.WaitProgress::seen)
        .containsExactly("a", "b");
  }

  @Test
  void await_interrupted_endsAndKeepsTheFlag() {
    clock.duringPause(() -> Thread.currentThread().interrupt());
    RefusedException e = catchRefused(() -> Poll.notYet("nothing"));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(e.code()).isEqualTo(Code.INTERRUPTED);
    assertThat(e.found()).contains("etcd to answer");
  }

  @Test
  void pause_ofTheSystemsClock_isEndedByAnInterrupt() {
    Thread.currentThread().interrupt();
    InterruptedException e =
        catchThrowableOfType(
            InterruptedException.class, () -> Clock.system().pause(Duration.ofHours(1)));
    assertThat(e).isNotNull();
    assertThat(Thread.interrupted()).isFalse();
  }

  private RefusedException catchRefused(Supplier<Poll<String>> probe) {
    return catchThrowableOfType(RefusedException.class, () -> run.await(WAIT, probe));
  }
}
