package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RevisionRaiseTest {
  private static final long BILLION = 1_000_000_000L;

  @ParameterizedTest
  @CsvSource({"100, 100, 1000000000", "100, 5000, 1000004900", "1, 1000000007, 2000000006"})
  void bump_isABillionAboveTheHighestSeen(long snapshot, long highest, long bump) {
    assertThat(new RevisionRaise(snapshot, highest).bump()).isEqualTo(bump);
  }

  /** Also for a snapshot that is restored a second time, when its first restore was raised. */
  @Test
  void bump_ofAnythingSeen_endsAboveAllOfIt() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long snapshot = random.nextLong(1, 10 * BILLION);
      long highest = Math.max(snapshot, random.nextLong(1, 10 * BILLION));

      assertThat(snapshot + new RevisionRaise(snapshot, highest).bump())
          .isEqualTo(highest + BILLION);
    }
  }
}
