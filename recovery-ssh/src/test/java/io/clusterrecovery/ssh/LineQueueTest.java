package io.clusterrecovery.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clusterrecovery.Clock;
import io.clusterrecovery.PrintedLine;
import io.clusterrecovery.PrintedLine.Stream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineQueueTest {
  private final LineQueue queue = new LineQueue();
  private final LinesTail out = new LinesTail(queue, Stream.OUT);
  private final LinesTail err = new LinesTail(queue, Stream.ERR);
  private final List<PrintedLine> told = new ArrayList<>();

  @Test
  void tell_bothEnded_tellsAllInOrder() throws InterruptedException {
    print(out, "one\ntw");
    print(err, "bad\n");
    print(out, "o");
    close();
    assertThat(queue.tellUntilEnd(Duration.ofSeconds(5), Clock.system(), told::add)).isTrue();
    assertThat(told)
        .containsExactly(
            new PrintedLine(Stream.OUT, "one", 0),
            new PrintedLine(Stream.ERR, "bad", 0),
            new PrintedLine(Stream.OUT, "two", 0));
    assertThat(out.bytes().text()).isEqualTo("one\ntwo");
  }

  @Test
  void tell_atTheLimit_hasToldWhatCame() throws InterruptedException {
    print(out, "one\n");
    assertThat(queue.tellUntilEnd(Duration.ofMillis(20), Clock.system(), told::add)).isFalse();
    assertThat(told).hasSize(1);
  }

  @Test
  void tell_fallenBehind_missesTheOldestAndIsToldHowMany() throws InterruptedException {
    String line = "x".repeat(1023) + "\n";
    for (int i = 0; i < 5 << 10; i++) {
      print(out, line);
    }
    close();
    assertThat(queue.tellUntilEnd(Duration.ofSeconds(5), Clock.system(), told::add)).isTrue();
    assertThat(told).hasSize(4 << 10);
    assertThat(told.get(0).missed()).isEqualTo(1 << 10);
    assertThat(told.get(1).missed()).isZero();
    assertThat(out.dropped()).isEqualTo(1 << 20);
  }

  private static void print(LinesTail stream, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    stream.write(bytes, 0, bytes.length);
  }

  private void close() {
    out.close();
    err.close();
  }
}
