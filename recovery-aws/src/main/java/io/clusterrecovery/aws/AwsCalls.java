package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.Retries;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/**
 * Calls of one service: at a pace, each bounded by a limit of its own, repeated as its failure asks
 * for, its last failure told in our words.
 *
 * <p>The AWS SDK's own repetitions are switched off for these calls, whatever the client is set to:
 * two layers would multiply, and what the pace does not see it cannot hold back.
 */
final class AwsCalls {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  // Others share the account's allowance, so a throttled call needs more patience than a broken
  // connection: about 24 seconds in all.
  private static final Retries.Rule BUSY =
      new Retries.Rule(AwsFailures::busy, 7, Duration.ofMillis(500), Duration.ofSeconds(8));
  private static final Retries ONLY_BUSY = Retries.of(BUSY);
  private static final Retries PASSING = ONLY_BUSY.or(Retries.of(AwsFailures::passing));

  private final RunContext run;
  private final Duration limit;
  private final String service;
  private final AwsPace pace;

  private AwsCalls(RunContext run, Duration limit, String service, AwsPace pace) {
    this.run = run;
    this.limit = limit;
    this.service = service;
    this.pace = pace;
  }

  static AwsCalls ofRoute53(RunContext run, Duration limit, AwsPace pace) {
    return new AwsCalls(run, limit, "Route 53", pace);
  }

  static AwsCalls ofBalancing(RunContext run, Duration limit) {
    return new AwsCalls(run, limit, "Elastic Load Balancing", AwsPace.ofBalancing());
  }

  /** A call that is safe to repeat, repeated if it fails for a passing reason. */
  <T> T repeatable(String call, Function<AwsRequestOverrideConfiguration, T> attempt) {
    return translating(call, () -> run.retrying(call, PASSING, bounded(attempt)));
  }

  /**
   * A call that is repeated only where the service said it has not carried it out. Throws the SDK's
   * exceptions as they are: what they mean is for the caller to find out.
   */
  <T> T once(String call, Function<AwsRequestOverrideConfiguration, T> attempt) {
    return run.retrying(call, ONLY_BUSY, bounded(attempt));
  }

  /** Waits, over failures that pass by themselves. */
  <T> T await(Wait wait, Supplier<Poll<T>> probe) {
    return run.await(
        wait,
        () -> {
          try {
            return probe.get();
          } catch (SdkException e) {
            if (AwsFailures.temporary(e)) {
              return Poll.notYet(service + " does not answer: " + AwsFailures.said(e));
            }
            throw told(wait.name(), e);
          }
        });
  }

  /** As {@link #look(Function)}; its name does not matter, since it is told by the wait's. */
  <T> T look(String unused, Function<AwsRequestOverrideConfiguration, T> attempt) {
    return look(attempt);
  }

  /** One call, bounded and not repeated; for probes of a wait. */
  <T> T look(Function<AwsRequestOverrideConfiguration, T> attempt) {
    return bounded(attempt).get();
  }

  RecoveryException told(String call, SdkException e) {
    if (e instanceof AbortedException) {
      Thread.currentThread().interrupt();
      String found = "The run was interrupted during: " + call + ".";
      return run.failure(Code.INTERRUPTED, found, "Resume it when you are ready.", e);
    }
    String found =
        "%s failed: %s (%s%s)."
            .formatted(
                call,
                AwsFailures.said(e),
                service,
                AwsFailures.turnedDown(e) ? " turned it down, and changed nothing by it" : "");
    AwsAdvice advice = AwsAdvice.on(e);
    return run.failure(advice.code(), found, advice.next(), e);
  }

  private <T> T translating(String call, Supplier<T> made) {
    try {
      return made.get();
    } catch (SdkException e) {
      throw told(call, e);
    }
  }

  private <T> Supplier<T> bounded(Function<AwsRequestOverrideConfiguration, T> attempt) {
    return () -> {
      pace.take(run);
      Duration left = run.within(limit);
      Duration most = left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
      AwsRequestOverrideConfiguration bound =
          AwsRequestOverrideConfiguration.builder()
              .apiCallTimeout(most)
              .addPlugin(AwsCalls::withoutRetries)
              .build();
      return BoundedCall.within(most, () -> attempt.apply(bound));
    };
  }

  private static void withoutRetries(SdkServiceClientConfiguration.Builder client) {
    client.overrideConfiguration(
        client.overrideConfiguration().toBuilder()
            .retryStrategy(DefaultRetryStrategy.doNotRetry())
            .build());
  }
}
