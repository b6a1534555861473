package io.clusterrecovery.ssh;

import io.clusterrecovery.Clock;
import io.clusterrecovery.Code;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RefusedException;
import io.clusterrecovery.StepFailedException;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Repeats calls to a host that was there before and is away now, with growing pauses, within one
 * limit. A host that never answered is not waited for.
 */
final class Reconnecting {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final double GROWTH = 2;
  private static final double JITTER = 0.5;
  private static final IntervalFunction PAUSES =
      IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, GROWTH, JITTER, LONGEST_PAUSE);

  private final BooleanSupplier away;
  private final Clock clock;
  private final Duration limit;
  private final Failures failures;

  /**
   * Begins.
   *
   * @param away tells whether the host was there before and is away now
   * @param limit how long a call goes on, zero for never
   */
  Reconnecting(BooleanSupplier away, Clock clock, Duration limit, Failures failures) {
    this.away = away;
    this.clock = clock;
    this.limit = limit;
    this.failures = failures;
  }

  /** For a machine that is never away. */
  static Reconnecting never(Clock clock, Failures failures) {
    return new Reconnecting(() -> false, clock, Duration.ZERO, failures);
  }

  /** {@return how long a call goes on, zero for never} */
  Duration limit() {
    return limit;
  }

  /** For a call that may be made again whatever became of it. */
  <T> T repeating(String what, Supplier<T> call) {
    return until(what, e -> e.code() == Code.CONNECTION_LOST || notStarted(e), call);
  }

  /** For a call that must be made once: it is made again only if nothing was started. */
  <T> T starting(String what, Supplier<T> call) {
    return until(what, this::notStarted, call);
  }

  private boolean notStarted(RecoveryException e) {
    return e instanceof RefusedException && Away.unreached(e) && away.getAsBoolean();
  }

  private <T> T until(String what, Predicate<RecoveryException> passing, Supplier<T> call) {
    StepFailedException lost = null;
    Duration end = null;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (RecoveryException e) {
        end = end == null ? clock.elapsed().plus(limit) : end;
        lost = lost == null && e instanceof StepFailedException first ? first : lost;
        Duration left = end.minus(clock.elapsed());
        if (!passing.test(e) || left.isNegative() || left.isZero()) {
          throw lost == null || lost == e ? e : after(lost, e);
        }
        rest(what, Duration.ofMillis(PAUSES.apply(attempt)), left, e);
      }
    }
  }

  /** A refusal says that nothing was started, which is not true of an attempt before it. */
  private StepFailedException after(StepFailedException lost, RecoveryException last) {
    return new StepFailedException(
        last.code(),
        lost.found() + " Then: " + last.found(),
        lost.changed(),
        lost.unknown(),
        last.next(),
        last);
  }

  private void rest(String what, Duration pause, Duration left, RecoveryException failure) {
    try {
      clock.pause(pause.compareTo(left) < 0 ? pause : left);
    } catch (InterruptedException e) {
      e.addSuppressed(failure);
      throw failures.interrupted(what + ", while the host was away", "nothing", e);
    }
  }
}
