package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveKeysTest {

  /** However small the table, all passes together give what a map gives. */
  @ParameterizedTest
  @ValueSource(ints = {1 << 10, 1 << 12, 1 << 20})
  void passes_togetherHoldEveryLiveKeyOnce(int mostSlots) {
    Map<Long, Long> expected = new HashMap<>();
    run(expected::put, expected::remove);
    Map<Long, Long> found = new HashMap<>();
    int passes = 0;

    for (Optional<LiveKeys> next = Optional.of(LiveKeys.first(mostSlots)); next.isPresent(); ) {
      LiveKeys live = next.get();
      run(live::put, live::remove);
      live.forEachPrint(print -> assertThat(found.put(print, live.get(print))).isNull());
      next = live.next();
      passes++;
    }

    assertThat(found).isEqualTo(expected);
    assertThat(passes).isEqualTo(mostSlots == 1 << 20 ? 1 : passes).isLessThan(60);
  }

  /** Takes a put. */
  private interface Put {
    void put(long print, long value);
  }

  /** Takes a removal. */
  private interface Remove {
    void remove(long print);
  }

  private static void run(Put put, Remove remove) {
    Random random = new Random(8);
    long[] prints = random.longs(10_000).toArray();
    for (int i = 0; i < 40_000; i++) {
      long print = prints[random.nextInt(prints.length)];
      if (random.nextInt(4) == 0) {
        remove.remove(print);
      } else {
        put.put(print, i + 1);
      }
    }
  }
}
