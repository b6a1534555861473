package io.clusterrecovery.etcd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The digests of a file that may end with the SHA-256 of what is before.
 *
 * @param whole of all bytes
 * @param content of all bytes but the last 32
 * @param trailer the last 32 bytes
 */
record SnapshotDigests(String whole, String content, String trailer) {
  private static final int BUFFER = 1 << 20;
  private static final int TRAILER = 32;

  static SnapshotDigests of(FileChannel channel, long size) throws IOException {
    MessageDigest digest = sha256();
    update(digest, channel, 0, size - TRAILER);
    ByteBuffer trailer = ByteBuffer.allocate(TRAILER);
    readFully(channel, trailer, size - TRAILER);
    String content = hex(copy(digest).digest());
    digest.update(trailer.array());
    return new SnapshotDigests(hex(digest.digest()), content, hex(trailer.array()));
  }

  boolean trailerMatches() {
    return content.equals(trailer);
  }

  private static void update(MessageDigest digest, FileChannel channel, long from, long to)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    long position = from;
    while (position < to) {
      buffer.clear().limit((int) Math.min(BUFFER, to - position));
      readFully(channel, buffer, position);
      position += buffer.position();
      digest.update(buffer.flip());
    }
  }

  static void readFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
    long at = position;
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, at);
      if (read < 0) {
        throw new IOException("the file became shorter while it was read");
      }
      at += read;
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
