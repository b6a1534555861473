package io.clusterrecovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetTest {
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final RemoteHost A = named("a");
  private static final RemoteHost B = named("b");
  private static final RemoteHost C = named("c");

  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void observe_allAnswer_givesResultsInTheOrderOfTheHosts() {
    CountDownLatch lastHasEnded = new CountDownLatch(1);
    FleetResult<String> seen =
        Fleet.of(C, A, B)
            .build()
            .observe(
                "looking",
                host -> {
                  if (host == B) {
                    lastHasEnded.countDown();
                  } else {
                    await(lastHasEnded);
                  }
                  return host.name().toUpperCase(java.util.Locale.ROOT);
                });
    assertThat(seen.orThrow().keySet()).containsExactly("c", "a", "b");
    assertThat(seen.results()).containsEntry("c", "C");
    assertThat(seen.failures()).isEmpty();
  }

  @Test
  void observe_someFail_keepsResultsAndFailuresApart() {
    RefusedException off =
        new RefusedException(new Refusal(Code.HOST_UNREACHABLE, "b is off.", "On."), null);
    FleetResult<String> seen =
        Fleet.of(A, B, C).build().observe("looking", failing(B, off, "seen"));
    assertThat(seen.results()).containsOnlyKeys("a", "c");
    assertThat(seen.failures()).containsOnlyKeys("b").containsValue(off);
    assertThat(seen).asString().contains("a: seen", "b: FAILED HOST_UNREACHABLE: b is off.");
  }

  @Test
  void observe_unexpectedException_isAFailureOfThatHost() {
    IllegalStateException cause = new IllegalStateException("oops");
    FleetResult<String> seen = Fleet.of(A, B).build().observe("looking", failing(A, cause, "x"));
    assertThat(seen.results()).containsOnlyKeys("b");
    assertThat(seen.failures().get("a"))
        .isInstanceOf(RefusedException.class)
        .hasCause(cause)
        .extracting("code")
        .isEqualTo(Code.UNEXPECTED);
  }

  @Test
  void observe_errorOfTheMachine_isThrown() {
    OutOfMemoryError error = new OutOfMemoryError("test");
    assertThatThrownBy(
            () ->
                Fleet.of(A, B)
                    .build()
                    .observe(
                        "looking",
                        host -> {
                          throw error;
                        }))
        .isSameAs(error);
  }

  @Test
  void observe_oneHostSaysNothing_costsTheOthersNothingAndEndsAtItsLimit() {
    AtomicInteger others = new AtomicInteger();
    FleetResult<Integer> seen =
        Fleet.of(A, B, C)
            .hostLimit(SHORT)
            .build()
            .observe("looking", host -> host == A ? hangs() : others.incrementAndGet());
    assertThat(seen.results()).containsOnlyKeys("b", "c");
    assertThat(seen.failures().get("a"))
        .isInstanceOf(TimedOutException.class)
        .hasMessageContaining("looking on a")
        .hasMessageContaining("2.0 s");
  }

  @Test
  void observe_oneAtATimeAndADeadHostFirst_theNextIsBegunAfterItsLimit() {
    FleetResult<String> seen =
        Fleet.of(A, B)
            .hostLimit(SHORT)
            .atATime(1)
            .build()
            .observe("looking", host -> host == A ? "" + heedsNoInterrupt() : "seen");
    assertThat(seen.results()).containsOnlyKeys("b");
    assertThat(seen.failures()).containsOnlyKeys("a");
    never.countDown();
  }

  @Test
  void observe_manyHosts_neverMoreThanAskedAtATime() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CyclicBarrier three = new CyclicBarrier(3);
    List<RemoteHost> hosts = IntStream.range(0, 12).mapToObj(i -> named("h" + i)).toList();
    Fleet.of(hosts)
        .atATime(3)
        .build()
        .observe(
            "looking",
            host -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              // Each three meet, so that three are there at the same time, and never a fourth.
              meet(three);
              return now.decrementAndGet();
            })
        .orThrow();
    assertThat(most).hasValue(3);
  }

  @Test
  void observe_timeForAllIsOver_tellsWhichWereNotBegun() {
    FleetResult<Integer> seen =
        Fleet.of(A, B, C).atATime(2).limit(SHORT).build().observe("looking", host -> hangs());
    assertThat(seen.failures()).containsOnlyKeys("a", "b", "c");
    assertThat(seen.failures().get("a")).isInstanceOf(TimedOutException.class);
    assertThat(seen.failures().get("c"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("c: looking was not begun");
  }

  @Test
  void observe_interrupted_interruptsTheLooksAndKeepsTheFlag() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    RefusedException e =
        catchThrowableOfType(
            RefusedException.class,
            () ->
                Fleet.of(A)
                    .build()
                    .observe(
                        "looking",
                        host -> {
                          caller.interrupt();
                          try {
                            never.await();
                          } catch (InterruptedException heeded) {
                            interrupted.countDown();
                          }
                          return "late";
                        }));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(e.code()).isEqualTo(Code.INTERRUPTED);
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void orThrow_someFailed_carriesEveryReason() {
    FleetResult<String> seen =
        Fleet.of(A, B)
            .build()
            .observe(
                "looking",
                host -> {
                  Refusal why = new Refusal(Code.HOST_UNREACHABLE, host.name() + " is off.", "On.");
                  throw new RefusedException(why, null);
                });
    RefusedException e = catchThrowableOfType(RefusedException.class, seen::orThrow);
    assertThat(e.refusals()).extracting(Refusal::found).containsExactly("a is off.", "b is off.");
  }

  @Test
  void settings_wrong_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fleet.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fleet.of(A, named("a")))
        .withMessageContaining("two hosts are called a");
    Fleet.Builder builder = Fleet.of(A);
    assertThatIllegalArgumentException().isThrownBy(() -> builder.atATime(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.hostLimit(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.limit(Duration.ZERO));
    builder.atATime(2);
    assertThatIllegalStateException()
        .isThrownBy(() -> builder.atATime(3))
        .withMessage("atATime was set to '2' already");
  }

  private static RemoteHost named(String name) {
    RemoteHost host = mock(RemoteHost.class);
    when(host.name()).thenReturn(name);
    return host;
  }

  private static <T> Function<RemoteHost, T> failing(
      RemoteHost where, RuntimeException e, T value) {
    return host -> {
      if (host == where) {
        throw e;
      }
      return value;
    };
  }

  private int hangs() {
    await(never);
    return 0;
  }

  private int heedsNoInterrupt() {
    while (true) {
      try {
        never.await();
        return 0;
      } catch (InterruptedException e) {
        // As code does that was not written to be interrupted.
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
