package io.clusterrecovery.etcd;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Files of etcd's write-ahead log, byte by byte. */
final class WalBytes {
  private WalBytes() {}

  /** A message whose fields, from 1 on, are these numbers. */
  static byte[] numbers(long... values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < values.length; i++) {
      number(bytes, i + 1, values[i]);
    }
    return bytes.toByteArray();
  }

  static byte[] record(int type, byte[] data) {
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
  static byte[] file(byte[]... records) {
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
