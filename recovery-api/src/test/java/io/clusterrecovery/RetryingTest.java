package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryingTest {
  private final ManualClock clock = new ManualClock();
  private final Events events = new Events();
  private final RunContext run = RunContext.builder().clock(clock).listener(events).build();
  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void retrying_succeedsLater_givesTheValueAndTellsEachRetry() {
    String value =
        run.retrying(
            "list members", UncheckedIOException.class::isInstance, () -> failing(3, "members"));
    assertThat(value).isEqualTo("members");
    assertThat(events.of(Event.Retried.class))
        .extracting(Event.Retried::attempt)
        .containsExactly(1, 2);
    assertThat(events.of(Event.Retried.class).get(0).call()).isEqualTo("list members");
  }

  @Test
  void retrying_neverSucceeds_endsAfterFourAttemptsWithTheLastFailure() {
    UncheckedIOException e = catchPassing(run);
    assertThat(e).hasMessageContaining("attempt 4");
    assertThat(calls).hasValue(4);
  }

  @Test
  void retrying_pauses_growFrom200MillisWithJitter() {
    catchPassing(run);
    assertThat(clock.pauses()).hasSize(3);
    assertThat(clock.pauses().get(0)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
    assertThat(clock.pauses().get(1)).isBetween(Duration.ofMillis(200), Duration.ofMillis(600));
    assertThat(clock.pauses().get(2)).isBetween(Duration.ofMillis(400), Duration.ofMillis(1200));
  }

  @Test
  void retrying_rules_eachFailureHasItsOwnCountAndPauses() {
    Retries.Rule busy =
        new Retries.Rule(
            IllegalStateException.class::isInstance,
            5,
            Duration.ofSeconds(1),
            Duration.ofSeconds(2));
    Retries retries = Retries.of(UncheckedIOException.class::isInstance).or(Retries.of(busy));

    UncheckedIOException e =
        catchThrowableOfType(
            UncheckedIOException.class,
            () ->
                run.retrying(
                    "call",
                    retries,
                    () -> {
                      if (calls.get() < 4) {
                        calls.incrementAndGet();
                        throw new IllegalStateException("busy");
                      }
                      return failing(99, "");
                    }));

    assertThat(e).hasMessageContaining("attempt 8");
    assertThat(clock.pauses()).hasSize(4 + 3);
    assertThat(clock.pauses().get(3)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
    assertThat(clock.pauses().get(4)).isBetween(Duration.ofMillis(100), Duration.ofMillis(300));
  }

  @Test
  void retries_pausesThatShrinkOrNoAttempt_areRejected() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Retries.Rule(t -> true, 0, second, second))
        .hasMessageContaining("attempts");
    assertThatThrownBy(() -> new Retries.Rule(t -> true, 1, second, Duration.ofMillis(999)))
        .hasMessageContaining("pauses grow");
  }

  @Test
  void retrying_failureThatDoesNotPass_isNotRepeated() {
    IllegalStateException e =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                run.retrying(
                    "call",
                    UncheckedIOException.class::isInstance,
                    () -> {
                      calls.incrementAndGet();
                      throw new IllegalStateException("denied");
                    }));
    assertThat(e).hasMessage("denied");
    assertThat(calls).hasValue(1);
    assertThat(clock.pauses()).isEmpty();
  }

  @Test
  void retrying_deadlinePassed_isNotRepeated() {
    RunContext late = RunContext.builder().clock(clock).deadline(Duration.ofMillis(50)).build();
    assertThat(catchPassing(late)).hasMessageContaining("attempt 2");
    assertThat(clock.elapsed()).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void retrying_interrupted_endsAndKeepsTheFlagAndTheFailure() {
    clock.duringPause(() -> Thread.currentThread().interrupt());
    RefusedException e =
        catchThrowableOfType(
            RefusedException.class, () -> run.retrying("call", t -> true, () -> failing(9, "")));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(e.code()).isEqualTo(Code.INTERRUPTED);
    assertThat(e).hasCauseInstanceOf(UncheckedIOException.class);
    assertThat(calls).hasValue(1);
  }

  private UncheckedIOException catchPassing(RunContext context) {
    return catchThrowableOfType(
        UncheckedIOException.class,
        () -> context.retrying("call", t -> true, () -> failing(9, "never")));
  }

  private String failing(int succeedsAt, String value) {
    int n = calls.incrementAndGet();
    if (n < succeedsAt) {
      throw new UncheckedIOException(new IOException("attempt " + n));
    }
    return value;
  }
}
