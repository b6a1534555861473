package io.clusterrecovery;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Repeats calls that failed for a passing reason; what pauses in between is the caller's. */
final class PassingFailures {
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final double GROWTH = 2;
  private static final double JITTER = 0.5;

  private PassingFailures() {}

  /** Told before each pause, with the number of the attempt that failed, from 1. */
  interface Pause {
    void beforeNext(int attempt, Duration time, RuntimeException failure);
  }

  static <T> T retry(String call, Predicate<Throwable> passing, Supplier<T> attempt, Pause pause) {
    Retry.AsyncContext<T> context = Retry.of(call, config(passing)).asyncContext();
    for (int n = 1; ; n++) {
      try {
        T value = attempt.get();
        context.onComplete();
        return value;
      } catch (RuntimeException e) {
        long millis = context.onError(e);
        if (millis < 0) {
          throw e;
        }
        pause.beforeNext(n, Duration.ofMillis(millis), e);
      }
    }
  }

  private static RetryConfig config(Predicate<Throwable> passing) {
    return RetryConfig.custom()
        .maxAttempts(ATTEMPTS)
        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, GROWTH, JITTER))
        .retryOnException(passing)
        .build();
  }
}
