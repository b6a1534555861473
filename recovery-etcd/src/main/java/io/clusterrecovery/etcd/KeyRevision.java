package io.clusterrecovery.etcd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads the keys of the bucket {@code key}: big-endian main revision, {@code _}, sub revision, and
 * {@code t} if a key was deleted with it ({@code server/storage/mvcc/revision.go}).
 */
final class KeyRevision {
  private static final int LENGTH = 17;
  private static final int SEPARATOR = 8;

  private KeyRevision() {}

  /** The main revision. */
  static long main(ByteBuffer page, int at, int size) {
    boolean known = size == LENGTH || size == LENGTH + 1;
    if (!known || page.get(at + SEPARATOR) != '_') {
      throw BoltFormatException.corrupt("a key of its bucket 'key' is no revision");
    }
    long main = bigEndian(page, at);
    if (main < 0 || bigEndian(page, at + SEPARATOR + 1) < 0) {
      throw BoltFormatException.corrupt("a revision of it is negative");
    }
    return main;
  }

  static boolean deletes(ByteBuffer page, int at, int size) {
    return size == LENGTH + 1 && page.get(at + LENGTH) == 't';
  }

  private static long bigEndian(ByteBuffer page, int at) {
    long value = page.getLong(at);
    return page.order() == ByteOrder.BIG_ENDIAN ? value : Long.reverseBytes(value);
  }
}
