package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A bucket of a bbolt database, walked in key order.
 *
 * @param root its root page, or 0 if it is inline
 * @param inline its only page, or an empty buffer
 */
record BoltBucket(BoltFile file, long root, ByteBuffer inline) {
  private static final int ELEMENT = 16;
  private static final int BRANCH = 0x01;
  private static final int LEAF = 0x02;
  private static final int IS_BUCKET = 0x01;
  private static final int BUCKET_HEADER = 16;

  /** Is given each entry of a bucket. */
  @FunctionalInterface
  interface Visitor {
    void entry(byte[] key, ByteBuffer value, boolean isBucket) throws IOException;
  }

  static BoltBucket root(BoltFile file) {
    return new BoltBucket(file, file.rootPage(), ByteBuffer.allocate(0));
  }

  Optional<BoltBucket> bucket(String name) throws IOException {
    BoltBucket[] found = new BoltBucket[1];
    forEach(
        (key, value, isBucket) -> {
          if (isBucket && new String(key, UTF_8).equals(name)) {
            found[0] = nested(value);
          }
        });
    return Optional.ofNullable(found[0]);
  }

  void forEach(Visitor visitor) throws IOException {
    if (root == 0) {
      walk(inline, visitor, new HashSet<>());
    } else {
      walk(root, visitor, new HashSet<>());
    }
  }

  private BoltBucket nested(ByteBuffer value) {
    if (value.remaining() < BUCKET_HEADER) {
      throw BoltFormatException.corrupt("a bucket of it is damaged");
    }
    ByteBuffer copy = value.slice().order(ByteOrder.LITTLE_ENDIAN);
    long page = copy.getLong(0);
    ByteBuffer rest =
        copy.slice(BUCKET_HEADER, copy.remaining() - BUCKET_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    return new BoltBucket(file, page, rest);
  }

  /** No page belongs to a tree twice: so a walk ends, whatever the pages say. */
  private void walk(long id, Visitor visitor, Set<Long> walked) throws IOException {
    if (!walked.add(id)) {
      throw BoltFormatException.corrupt("page " + id + " of it is pointed to twice");
    }
    walk(file.page(id), visitor, walked);
  }

  private void walk(ByteBuffer page, Visitor visitor, Set<Long> walked) throws IOException {
    try {
      int flags = Short.toUnsignedInt(page.getShort(8));
      int count = Short.toUnsignedInt(page.getShort(10));
      for (int i = 0; i < count; i++) {
        int element = BoltFile.PAGE_HEADER + i * ELEMENT;
        if (flags == BRANCH) {
          walk(page.getLong(element + 8), visitor, walked);
        } else if (flags == LEAF) {
          leaf(page, element, visitor);
        } else {
          throw BoltFormatException.corrupt("a page of it is of an unknown kind");
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw BoltFormatException.corrupt("a page of it is damaged: " + e.getMessage());
    }
  }

  private static void leaf(ByteBuffer page, int element, Visitor visitor) throws IOException {
    int start = element + page.getInt(element + 4);
    int keySize = page.getInt(element + 8);
    int valueSize = page.getInt(element + 12);
    byte[] key = new byte[Objects.checkIndex(keySize, page.capacity())];
    page.get(start, key);
    ByteBuffer value = page.slice(start + keySize, valueSize).order(ByteOrder.LITTLE_ENDIAN);
    visitor.entry(key, value, (page.getInt(element) & IS_BUCKET) != 0);
  }
}
