package io.clusterrecovery.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class WalHeadTest {
  private static final long MEMBER = 0xcbe982c74cbb42fL;
  private static final long CLUSTER = 0x807ae3bffc8d69caL;
  private static final int CRC = 4;
  private static final int METADATA = 1;

  @Test
  void of_checksumThenMetadata_tellsMemberAndCluster() throws Exception {
    WalHead head = WalHead.of(file(record(CRC, new byte[0]), record(METADATA, owner())));

    assertThat(head).isEqualTo(new WalHead("cbe982c74cbb42f", "807ae3bffc8d69ca"));
  }

  @Test
  void of_emptyFileOfZeros_isNoLog() {
    assertThatThrownBy(() -> WalHead.of(new byte[512]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is no log of etcd");
  }

  @Test
  void of_cutShort_isNoLog() throws Exception {
    byte[] whole = file(record(CRC, new byte[0]), record(METADATA, owner()));
    for (int length = 0; length < whole.length - 7; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> WalHead.of(cut)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void of_otherBytes_isNoLog() {
    byte[] other =
        "#!/bin/sh\necho this is no log of etcd at all\n"
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> WalHead.of(other)).isInstanceOf(IOException.class);
  }

  private static byte[] owner() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    number(bytes, 1, MEMBER);
    number(bytes, 2, CLUSTER);
    return bytes.toByteArray();
  }

  private static byte[] record(int type, byte[] data) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    number(bytes, 1, type);
    number(bytes, 2, 7);
    if (data.length > 0) {
      bytes.write(3 << 3 | 2);
      bytes.write(data.length);
      bytes.writeBytes(data);
    }
    return bytes.toByteArray();
  }

  /** Each record is padded to eight bytes, which its length tells. */
  private static byte[] file(byte[]... records) {
    ByteBuffer file = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
    for (byte[] each : records) {
      int padding = (8 - each.length % 8) % 8;
      long frame = each.length;
      if (padding > 0) {
        frame |= (long) (0x80 | padding) << 56;
      }
      file.putLong(frame).put(each).put(new byte[padding]);
    }
    return java.util.Arrays.copyOf(file.array(), file.position());
  }

  private static void number(ByteArrayOutputStream bytes, int field, long value) {
    bytes.write(field << 3);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    bytes.write((int) left);
  }
}
