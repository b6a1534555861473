package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** A bbolt database, read page by page; nothing is ever written. */
final class BoltFile {
  /** Two meta pages of the smallest page size. */
  static final int SMALLEST = 2 * 1024;

  static final int PAGE_HEADER = 16;
  private static final long LARGEST_RUN = 64L << 20;
  private static final int SMALLEST_PAGE = 1024;
  private static final int LARGEST_PAGE = 1 << 16;

  private final FileChannel channel;
  private final long length;
  private final BoltMeta meta;

  private BoltFile(FileChannel channel, long length, BoltMeta meta) {
    this.channel = channel;
    this.length = length;
    this.meta = meta;
  }

  static boolean hasMagic(FileChannel channel) throws IOException {
    return BoltMeta.hasMagic(read(channel, 0, BoltMeta.END));
  }

  static BoltFile open(FileChannel channel, long length) throws IOException {
    if (length < BoltMeta.END || !hasMagic(channel)) {
      throw new BoltFormatException(Code.SNAPSHOT_NOT_ETCD, "it is no etcd database");
    }
    if (length < SMALLEST) {
      throw cutShort(length, SMALLEST);
    }
    Optional<BoltMeta> first = BoltMeta.parse(read(channel, 0, BoltMeta.END));
    int pageSize = first.map(BoltMeta::pageSize).orElseGet(() -> claimedPageSize(channel));
    if (pageSize < SMALLEST_PAGE || pageSize > LARGEST_PAGE) {
      throw BoltFormatException.corrupt("its page size of " + pageSize + " cannot be");
    }
    if (length < 2L * pageSize) {
      throw cutShort(length, 2L * pageSize);
    }
    Optional<BoltMeta> second = BoltMeta.parse(read(channel, pageSize, BoltMeta.END));
    if (first.isEmpty() || second.isEmpty()) {
      throw BoltFormatException.corrupt(
          "its %s meta page does not match its checksum"
              .formatted(first.isEmpty() ? "first" : "second"));
    }
    BoltMeta newest = first.get().newer(second.get());
    if (newest.pages() < 0 || newest.pages() > length / pageSize) {
      throw cutShort(length, newest.pages() * pageSize);
    }
    return new BoltFile(channel, length, newest);
  }

  long rootPage() {
    return meta.rootPage();
  }

  /** A page with its overflow, positioned at its start. */
  ByteBuffer page(long id) throws IOException {
    long start = id * meta.pageSize();
    if (id < 2 || id >= meta.pages() || start + meta.pageSize() > length) {
      throw BoltFormatException.corrupt("it points to page " + id + ", which it does not have");
    }
    ByteBuffer header = read(channel, start, PAGE_HEADER);
    long overflow = Integer.toUnsignedLong(header.getInt(12));
    long size = (overflow + 1) * meta.pageSize();
    if (header.getLong(0) != id || size > LARGEST_RUN || start + size > length) {
      throw BoltFormatException.corrupt("its page " + id + " is damaged");
    }
    return read(channel, start, (int) size);
  }

  private static BoltFormatException cutShort(long length, long needed) {
    return new BoltFormatException(
        Code.SNAPSHOT_TRUNCATED,
        "it is cut short: %d bytes of %d are there".formatted(length, needed));
  }

  private static int claimedPageSize(FileChannel channel) {
    try {
      return read(channel, 0, BoltMeta.END).getInt(BoltMeta.PAGE_SIZE);
    } catch (IOException e) {
      throw BoltFormatException.corrupt("its first meta page cannot be read: " + e.getMessage());
    }
  }

  private static ByteBuffer read(FileChannel channel, long position, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    SnapshotDigests.readFully(channel, buffer, position);
    return buffer.flip();
  }
}
