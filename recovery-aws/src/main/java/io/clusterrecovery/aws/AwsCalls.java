package io.clusterrecovery.aws;

import io.clusterrecovery.Code;
import io.clusterrecovery.Poll;
import io.clusterrecovery.RecoveryException;
import io.clusterrecovery.RunContext;
import io.clusterrecovery.Wait;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Calls of one service: each bounded by a limit of its own, its failures told in our words. */
final class AwsCalls {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private final RunContext run;
  private final Duration limit;
  private final String service;

  AwsCalls(RunContext run, Duration limit, String service) {
    this.run = run;
    this.limit = limit;
    this.service = service;
  }

  /** A call that is safe to repeat, repeated if it fails for a passing reason. */
  <T> T repeatable(String call, Function<AwsRequestOverrideConfiguration, T> attempt) {
    return translating(call, () -> run.retrying(call, AwsFailures::passing, bounded(attempt)));
  }

  /**
   * A call that is repeated only where the service said it has not carried it out. Throws the SDK's
   * exceptions as they are: what they mean is for the caller to find out.
   */
  <T> T once(String call, Function<AwsRequestOverrideConfiguration, T> attempt) {
    return run.retrying(call, AwsFailures::busy, bounded(attempt));
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
    String next =
        AwsFailures.code(e) == Code.CLOUD_ACCESS_DENIED
            ? "Check the credentials and permissions of the client, then run the step again."
            : "Check endpoint, region and network of the client, then run the step again.";
    return run.failure(AwsFailures.code(e), found, next, e);
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
      Duration left = run.within(limit);
      Duration most = left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
      AwsRequestOverrideConfiguration bound =
          AwsRequestOverrideConfiguration.builder().apiCallTimeout(most).build();
      return BoundedCall.within(most, () -> attempt.apply(bound));
    };
  }
}
