package io.clusterrecovery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AwaitTest {
  @Test
  void value_seenAtTheThirdLook_isReturned() {
    AtomicInteger looks = new AtomicInteger();

    int seen =
        Await.value(
            "third look",
            Duration.ofSeconds(10),
            () -> Optional.of(looks.incrementAndGet()).filter(look -> look == 3));

    assertThat(seen).isEqualTo(3);
  }

  @Test
  void until_neverHolding_namesTheWait() {
    assertThatThrownBy(() -> Await.until("pigs fly", Duration.ofMillis(10), () -> false))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("pigs fly");
  }

  @Test
  void until_interrupted_endsAndKeepsTheInterrupt() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Await.until("anything", Duration.ofSeconds(10), () -> false))
        .isInstanceOf(LabException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }
}
