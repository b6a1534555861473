package io.clusterrecovery.etcd;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One of the two meta pages of a bbolt database.
 *
 * @param pageSize bytes of a page
 * @param rootPage the page where the buckets are
 * @param freelist the page with the list of free pages, or {@link #NO_FREELIST}
 * @param pages how many pages the database has
 * @param transaction the transaction that wrote it; the higher one counts
 */
record BoltMeta(int pageSize, long rootPage, long freelist, long pages, long transaction) {
  static final int END = 80;

  /** etcd since 3.4 keeps no list of free pages in the file. */
  static final long NO_FREELIST = -1;

  private static final int START = 16;
  private static final int CHECKED = 56;
  private static final int MAGIC = 0xED0CDAED;
  private static final int VERSION = 2;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  static boolean hasMagic(ByteBuffer page) {
    return page.getInt(START) == MAGIC;
  }

  /** The meta page, or empty if it is not one that bbolt has written. */
  static Optional<BoltMeta> parse(ByteBuffer page) {
    boolean whole =
        hasMagic(page)
            && page.getInt(START + 4) == VERSION
            && page.getLong(START + CHECKED) == fnv(page);
    if (!whole) {
      return Optional.empty();
    }
    return Optional.of(
        new BoltMeta(
            page.getInt(START + 8),
            page.getLong(START + 16),
            page.getLong(START + 32),
            page.getLong(START + 40),
            page.getLong(START + 48)));
  }

  BoltMeta newer(BoltMeta other) {
    return transaction >= other.transaction ? this : other;
  }

  private static long fnv(ByteBuffer page) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < CHECKED; i++) {
      hash = (hash ^ (page.get(START + i) & 0xff)) * FNV_PRIME;
    }
    return hash;
  }
}
