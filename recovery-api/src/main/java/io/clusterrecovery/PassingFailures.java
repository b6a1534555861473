package io.clusterrecovery;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Repeats one call that failed for a passing reason; what pauses in between is the caller's. */
final class PassingFailures<T> {
  private static final double GROWTH = 2;
  private static final double JITTER = 0.5;

  private final String call;
  private final Retries retries;
  private final Map<Retries.Rule, Retry.AsyncContext<T>> counted = new HashMap<>();

  PassingFailures(String call, Retries retries) {
    this.call = call;
    this.retries = retries;
  }

  /** Told before each pause, with the number of the attempt that failed, from 1. */
  interface Pause {
    void beforeNext(int attempt, Duration time, RuntimeException failure);
  }

  T retry(Supplier<T> attempt, Pause pause) {
    for (int n = 1; ; n++) {
      try {
        return attempt.get();
      } catch (RuntimeException e) {
        long millis = retries.ruleFor(e).map(rule -> context(rule).onError(e)).orElse(-1L);
        if (millis < 0) {
          throw e;
        }
        pause.beforeNext(n, Duration.ofMillis(millis), e);
      }
    }
  }

  private Retry.AsyncContext<T> context(Retries.Rule rule) {
    return counted.computeIfAbsent(rule, r -> Retry.of(call, config(r)).asyncContext());
  }

  private static RetryConfig config(Retries.Rule rule) {
    return RetryConfig.custom()
        .maxAttempts(rule.attempts())
        .intervalFunction(
            IntervalFunction.ofExponentialRandomBackoff(
                rule.first(), GROWTH, JITTER, rule.longest()))
        .build();
  }
}
