package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AwsRateLimitTest {
  @Test
  void pass_sixthInOneSecond_isTurnedDownUntilTheWindowMoves() {
    AtomicLong time = new AtomicLong(-5);
    AwsRateLimit limit = new AwsRateLimit(5, time::get);
    for (int i = 0; i < 5; i++) {
      assertThat(limit.pass()).isTrue();
    }
    time.addAndGet(999_999_999);
    assertThat(limit.pass()).isFalse();
    time.addAndGet(1);
    assertThat(limit.pass()).isTrue();
  }
}
