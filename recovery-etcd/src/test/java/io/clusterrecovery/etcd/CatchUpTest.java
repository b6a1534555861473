package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.etcd.CatchUp.Sight;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CatchUpTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final CatchUp catchUp = new CatchUp(LIMIT, Duration.ZERO);

  @Test
  void words_bytes_tellRateAndRemainingTime() {
    catchUp.sees(received(100_000_000), seconds(1));
    catchUp.sees(received(200_000_000), seconds(3));

    assertThat(catchUp.words()).isEqualTo("received 200 of 500 MB, 50 MB/s, about 6 s left");
  }

  @Test
  void words_entries_tellRateAndRemainingTime() {
    catchUp.sees(at(1000), seconds(1));
    catchUp.sees(at(3000), seconds(2));

    assertThat(catchUp.words()).isEqualTo("at entry 3000 of 9000, 2000 entries/s, about 3 s left");
  }

  @Test
  void words_nothingSeen_tellWhetherItHasStarted() {
    assertThat(catchUp.words()).isEqualTo("it has not started yet");
    catchUp.sees(sight(true, OptionalLong.empty(), OptionalLong.empty()), seconds(1));
    assertThat(catchUp.words()).isEqualTo("it has started");
  }

  @Test
  void isStalled_nothingGrows_afterTheLimit() {
    catchUp.sees(received(5), seconds(1));
    catchUp.sees(received(5), seconds(10));

    assertThat(catchUp.isStalled(seconds(10))).isFalse();
    assertThat(catchUp.isStalled(seconds(11))).isTrue();
  }

  @Test
  void isStalled_eitherGrows_notYet() {
    catchUp.sees(received(5), seconds(1));
    catchUp.sees(received(6), seconds(9));
    assertThat(catchUp.isStalled(seconds(18))).isFalse();
    catchUp.sees(at(7), seconds(18));
    assertThat(catchUp.isStalled(seconds(27))).isFalse();
    catchUp.sees(at(7), seconds(27));
    assertThat(catchUp.isStalled(seconds(28))).isTrue();
  }

  @Test
  void isStalled_clusterDoesNotAnswer_isNotHeldAgainstIt() {
    catchUp.seesNothing(seconds(60));

    assertThat(catchUp.isStalled(seconds(69))).isFalse();
  }

  private static Sight received(long bytes) {
    return sight(false, OptionalLong.of(bytes), OptionalLong.empty());
  }

  private static Sight at(long index) {
    return sight(true, OptionalLong.empty(), OptionalLong.of(index));
  }

  private static Sight sight(boolean started, OptionalLong received, OptionalLong index) {
    return new Sight(started, received, 500_000_000, index, 9000);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
