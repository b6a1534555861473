package io.clusterrecovery.etcd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * The digests of a file that may end with the SHA-256 of what is before.
 *
 * @param whole of all bytes
 * @param content of all bytes but the last 32
 * @param trailer the last 32 bytes
 */
record SnapshotDigests(String whole, String content, String trailer) {
  private static final int BUFFER = 1 << 18;
  private static final int TRAILER = 32;

  /**
   * Reads all of a file.
   *
   * @param hashed is told after each read how many bytes are done
   */
  static SnapshotDigests of(BoltSource source, long size, LongConsumer hashed) throws IOException {
    MessageDigest digest = sha256();
    update(digest, source, size - TRAILER, hashed);
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER);
    source.read(size - TRAILER, trailer);
    String content = hex(copy(digest).digest());
    digest.update(trailer.array());
    return new SnapshotDigests(hex(digest.digest()), content, hex(trailer.array()));
  }

  boolean trailerMatches() {
    return content.equals(trailer);
  }

  private static void update(MessageDigest digest, BoltSource source, long to, LongConsumer hashed)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    for (long position = 0; position < to; position += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER, to - position));
      source.read(position, buffer);
      digest.update(buffer.flip());
      hashed.accept(position + buffer.limit());
    }
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of this platform cannot be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
