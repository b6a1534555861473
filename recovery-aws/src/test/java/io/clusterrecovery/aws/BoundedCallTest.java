package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

class BoundedCallTest {
  @Test
  void within_callThatIgnoresInterrupts_endsAtItsLimit() {
    AtomicBoolean over = new AtomicBoolean();
    try {
      assertThatThrownBy(() -> BoundedCall.within(Duration.ofMillis(50), () -> busyUntil(over)))
          .isInstanceOf(ApiCallTimeoutException.class);
    } finally {
      over.set(true);
    }
  }

  @Test
  void within_callerInterrupted_isAbortedWithTheFlagSet() {
    CountDownLatch never = new CountDownLatch(1);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> BoundedCall.within(Duration.ofMinutes(1), () -> waitFor(never)))
        .isInstanceOf(AbortedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void within_callFails_itsExceptionComesThrough() {
    IllegalStateException closed = new IllegalStateException("closed");

    assertThatThrownBy(
            () ->
                BoundedCall.within(
                    Duration.ofMinutes(1),
                    () -> {
                      throw closed;
                    }))
        .isSameAs(closed);
  }

  private static boolean busyUntil(AtomicBoolean over) {
    while (!over.get()) {
      Thread.onSpinWait();
    }
    return true;
  }

  private static boolean waitFor(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
