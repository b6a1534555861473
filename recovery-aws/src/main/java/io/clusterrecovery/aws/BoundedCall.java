package io.clusterrecovery.aws;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * A call that ends at its limit whatever the client does: the SDK's own limit interrupts its
 * thread, which an HTTP client that sits in a blocking read does not notice.
 */
final class BoundedCall {
  private BoundedCall() {}

  static <T> T within(Duration limit, Supplier<T> call) {
    FutureTask<T> task = new FutureTask<>(call::get);
    Thread thread = new Thread(task, "aws-call");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw AbortedException.create("interrupted while waiting for AWS", e);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw ApiCallTimeoutException.create(limit.toMillis());
    } catch (ExecutionException e) {
      throw asThrown(e);
    }
  }

  private static RuntimeException asThrown(ExecutionException e) {
    return e.getCause() instanceof RuntimeException thrown
        ? thrown
        : SdkClientException.create("the AWS SDK failed", e);
  }
}
