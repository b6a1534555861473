package io.clusterrecovery.etcd;

import io.clusterrecovery.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A bbolt database of which the meta pages were read; nothing is ever written.
 *
 * @param meta the newest meta page that is whole
 * @param damaged the meta pages that do not match their checksum: none, or one of the two
 */
record BoltFile(BoltSource source, BoltMeta meta, List<String> damaged) {
  /** Two meta pages of the smallest page size. */
  private static final int SMALLEST = 2 * 1024;

  private static final int SMALLEST_PAGE = 1024;
  private static final int LARGEST_PAGE = 1 << 16;

  /** 512 GiB of the usual page size, so that a map of the pages stays small. */
  private static final long MOST_PAGES = 1L << 27;

  static boolean hasMagic(BoltSource source) throws IOException {
    return BoltMeta.hasMagic(read(source, 0));
  }

  static BoltFile open(BoltSource source, long length) throws IOException {
    if (length < BoltMeta.END || !hasMagic(source)) {
      throw new BoltFormatException(Code.SNAPSHOT_NOT_ETCD, "it is no etcd database");
    }
    if (length < SMALLEST) {
      throw cutShort(length, SMALLEST);
    }
    Optional<BoltMeta> first = BoltMeta.parse(read(source, 0));
    Optional<BoltMeta> second =
        first.isPresent()
            ? second(source, length, first.get())
            : secondWithoutFirst(source, length);
    BoltMeta newest =
        Stream.of(first, second)
            .flatMap(Optional::stream)
            .reduce(BoltMeta::newer)
            .orElseThrow(
                () -> BoltFormatException.corrupt("neither meta page matches its checksum"));
    requirePages(newest, length);
    return new BoltFile(source, newest, damaged(first, second));
  }

  private static Optional<BoltMeta> second(BoltSource source, long length, BoltMeta first)
      throws IOException {
    requirePageSize(first.pageSize());
    if (length < 2L * first.pageSize()) {
      throw cutShort(length, 2L * first.pageSize());
    }
    return BoltMeta.parse(read(source, first.pageSize()))
        .filter(meta -> meta.pageSize() == first.pageSize());
  }

  /** Where the second meta page is only the first one says, so every size that can be is tried. */
  private static Optional<BoltMeta> secondWithoutFirst(BoltSource source, long length)
      throws IOException {
    for (int size = SMALLEST_PAGE; size <= LARGEST_PAGE && 2L * size <= length; size *= 2) {
      Optional<BoltMeta> meta = BoltMeta.parse(read(source, size));
      if (meta.isPresent() && meta.get().pageSize() == size) {
        return meta;
      }
    }
    return Optional.empty();
  }

  private static void requirePageSize(int size) {
    if (size < SMALLEST_PAGE || size > LARGEST_PAGE || Integer.bitCount(size) != 1) {
      throw BoltFormatException.corrupt("its page size of " + size + " cannot be");
    }
  }

  private static void requirePages(BoltMeta meta, long length) {
    if (meta.pages() < 2 || meta.pages() > MOST_PAGES) {
      throw BoltFormatException.corrupt("its count of pages, " + meta.pages() + ", cannot be");
    }
    if (meta.pages() > length / meta.pageSize()) {
      throw cutShort(length, meta.pages() * meta.pageSize());
    }
  }

  private static List<String> damaged(Optional<BoltMeta> first, Optional<BoltMeta> second) {
    if (first.isEmpty()) {
      return List.of("first");
    }
    return second.isEmpty() ? List.of("second") : List.of();
  }

  private static BoltFormatException cutShort(long length, long needed) {
    return new BoltFormatException(
        Code.SNAPSHOT_TRUNCATED,
        "it is cut short: %d bytes of %d are there".formatted(length, needed));
  }

  private static ByteBuffer read(BoltSource source, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BoltMeta.END).order(ByteOrder.LITTLE_ENDIAN);
    source.read(position, buffer);
    return buffer.flip();
  }
}
