package io.clusterrecovery.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clusterrecovery.Clock;
import io.clusterrecovery.RunContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;

class AwsPaceTest {
  private final List<Duration> pauses = new ArrayList<>();

  @Test
  void take_callsInARow_queueBehindEachOther() {
    AwsPace pace = AwsPace.ofRoute53();
    RunContext run = RunContext.builder().clock(new Recording()).build();

    for (int i = 0; i < 40; i++) {
      pace.take(run);
    }

    // Hardly any time passes here, so each call is let in 340 ms after the one before it, and the
    // last one after about 13 seconds.
    assertThat(pauses.get(pauses.size() - 1))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(14));
  }

  @Test
  void take_interrupted_isAbortedWithTheFlagSet() {
    AwsPace pace = AwsPace.ofRoute53();
    RunContext run = RunContext.standalone();
    pace.take(run);
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () -> {
              pace.take(run);
              pace.take(run);
            })
        .isInstanceOf(AbortedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private final class Recording implements Clock {
    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public Duration elapsed() {
      return Duration.ZERO;
    }

    @Override
    public void pause(Duration time) {
      pauses.add(time);
    }
  }
}
