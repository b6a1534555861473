package io.clusterrecovery;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Repeats calls that failed for a passing reason. */
final class PassingFailures {
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final double GROWTH = 2;
  private static final double JITTER = 0.5;

  private PassingFailures() {}

  static <T> T retry(
      String call,
      Predicate<Throwable> passing,
      Supplier<T> attempt,
      BiConsumer<Integer, String> tell) {
    RetryConfig config =
        RetryConfig.custom()
            .maxAttempts(ATTEMPTS)
            .intervalFunction(
                IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, GROWTH, JITTER))
            .retryOnException(passing)
            .build();
    Retry retry = Retry.of(call, config);
    retry
        .getEventPublisher()
        .onRetry(
            e -> tell.accept(e.getNumberOfRetryAttempts(), String.valueOf(e.getLastThrowable())));
    return retry.executeSupplier(attempt);
  }
}
