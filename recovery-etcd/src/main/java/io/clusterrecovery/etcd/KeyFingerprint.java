package io.clusterrecovery.etcd;

import java.nio.ByteBuffer;

/**
 * 64 bits that stand for some bytes; two of ten million keys share them with odds of 1 : 300,000.
 */
final class KeyFingerprint {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private KeyFingerprint() {}

  static long of(ByteBuffer buffer, int at, int length) {
    long hash = length * MULTIPLIER;
    int end = at + length;
    int place = at;
    for (; place <= end - Long.BYTES; place += Long.BYTES) {
      hash = mixed(hash ^ buffer.getLong(place));
    }
    long rest = 0;
    for (; place < end; place++) {
      rest = rest << Byte.SIZE | Byte.toUnsignedLong(buffer.get(place));
    }
    return mixed(mixed(hash ^ rest));
  }

  private static long mixed(long bits) {
    long mixed = bits * MULTIPLIER;
    mixed ^= mixed >>> 32;
    mixed *= 0xD6E8FEB86659FD93L;
    return mixed ^ mixed >>> 29;
  }
}
