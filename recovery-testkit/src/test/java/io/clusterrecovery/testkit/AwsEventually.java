package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Polls until a state is there, for at most a limit. */
final class AwsEventually {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private AwsEventually() {}

  static <T> T seen(String what, Supplier<T> state, Predicate<T> wanted) {
    ReentrantLock lock = new ReentrantLock();
    Condition never = lock.newCondition();
    long end = System.nanoTime() + LIMIT.toNanos();
    T last = state.get();
    lock.lock();
    try {
      while (!wanted.test(last) && System.nanoTime() < end) {
        boolean signalled = never.await(400, java.util.concurrent.TimeUnit.MILLISECONDS);
        assertThat(signalled).isFalse();
        last = state.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    assertThat(last).as(what).matches(wanted);
    return last;
  }
}
