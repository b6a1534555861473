package io.clusterrecovery.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SideDigestTest {

  @Test
  void finish_manyBuffers_isTheDigestOfAll() throws InterruptedException {
    byte[] all = new byte[10_000_019];
    new Random(3).nextBytes(all);
    try (SideDigest digest = new SideDigest()) {
      for (int at = 0; at < all.length; ) {
        ByteBuffer buffer = digest.take();
        int count = Math.min(buffer.remaining(), all.length - at);
        digest.add(buffer.put(all, at, count).flip());
        at += count;
      }
      String expected = HexFormat.of().formatHex(SideDigest.sha256().digest(all));
      assertThat(digest.finish()).isEqualTo(expected);
    }
  }

  @Test
  void finish_nothing_isTheDigestOfNothing() throws InterruptedException {
    try (SideDigest digest = new SideDigest()) {
      assertThat(digest.finish()).startsWith("e3b0c44298fc1c14");
    }
  }
}
