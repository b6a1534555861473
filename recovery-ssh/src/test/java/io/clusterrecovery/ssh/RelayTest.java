package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RelayTest {

  @Test
  void write_piecesOfAnySize_arriveInOrderAndTheStreamIsClosed() throws IOException {
    byte[] all = new byte[5_000_011];
    new Random(7).nextBytes(all);
    AtomicBoolean closed = new AtomicBoolean();
    ByteArrayOutputStream to =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    try (Relay relay = new Relay("relay", to)) {
      int at = 0;
      for (int size = 1; at < all.length; size = size * 3 % 400_009 + 1) {
        int count = Math.min(size, all.length - at);
        relay.write(all, at, count);
        at += count;
      }
    }
    assertThat(to.toByteArray()).isEqualTo(all);
    assertThat(closed).isTrue();
  }

  @Test
  void write_streamBreaks_isTold() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken");
          }
        };
    Relay relay = new Relay("relay", broken);
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                relay.write(new byte[1 << 20]);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("broken");
    assertThatThrownBy(relay::close).hasMessage("broken");
  }
}
