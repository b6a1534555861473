package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AwsTokenBucketTest {
  private long now;
  private final AwsTokenBucket bucket = new AwsTokenBucket(40, 10, () -> now);

  @Test
  void pass_fullBucket_letsItsCapacityThroughAndNoMore() {
    assertThat(passed(50)).isEqualTo(40);
  }

  @Test
  void pass_emptyBucket_fillsAtItsRateUpToItsCapacity() {
    passed(40);
    now = Duration.ofSeconds(1).toNanos();
    assertThat(passed(50)).isEqualTo(10);
    now = Duration.ofMinutes(1).toNanos();
    assertThat(passed(50)).isEqualTo(40);
  }

  private long passed(int requests) {
    return IntStream.range(0, requests).filter(i -> bucket.pass()).count();
  }
}
