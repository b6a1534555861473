package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TailTest {

  @Test
  void bytes_little_isAll() {
    Tail tail = new Tail();
    tail.write('a');
    tail.write(new byte[] {'x', 'b', 'c', 'y'}, 1, 2);
    assertThat(tail.bytes().text()).isEqualTo("abc");
  }

  @Test
  void bytes_muchInPiecesOfAnySize_isTheEnd() {
    byte[] all = new byte[5 * Tail.LIMIT + 3];
    Random random = new Random(1);
    random.nextBytes(all);
    Tail tail = new Tail();
    for (int at = 0; at < all.length; ) {
      int count = Math.min(all.length - at, 1 + random.nextInt(300_000));
      tail.write(all, at, count);
      at += count;
      if (random.nextInt(20) == 0) {
        assertThat(tail.bytes().array()).isEqualTo(end(all, at));
      }
    }
    assertThat(tail.bytes().array()).isEqualTo(end(all, all.length));
  }

  @Test
  void bytes_oneWriteOfMoreThanTheLimit_isItsEnd() {
    byte[] all = new byte[3 * Tail.LIMIT];
    new Random(2).nextBytes(all);
    Tail tail = new Tail();
    tail.write('x');
    tail.write(all, 0, all.length);
    assertThat(tail.bytes().array()).isEqualTo(end(all, all.length));
  }

  private static byte[] end(byte[] all, int until) {
    return Arrays.copyOfRange(all, Math.max(0, until - Tail.LIMIT), until);
  }
}
