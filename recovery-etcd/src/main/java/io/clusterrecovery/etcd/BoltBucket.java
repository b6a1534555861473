package io.clusterrecovery.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A bucket of a bbolt database. etcd has none within another.
 *
 * @param root its root page, or 0 if it is kept inline
 * @param inline its only page, or an empty buffer
 */
record BoltBucket(String name, long root, ByteBuffer inline) {
  private static final int HEADER = 16;

  /** etcd has ten; and bbolt keeps no bucket inline that is larger than a quarter of a page. */
  private static final int MOST = 100;

  private static final int LONGEST_NAME = 100;
  private static final int LARGEST_INLINE = 1 << 16;

  /** The buckets of a database, by name. */
  static List<BoltBucket> all(BoltFile file, BoltPages pages) throws IOException {
    List<BoltBucket> buckets = new ArrayList<>();
    BoltTree.ofBuckets(
            pages,
            (page, at, keySize, valueSize) -> {
              if (buckets.size() == MOST) {
                throw BoltFormatException.corrupt("its list of buckets is damaged");
              }
              buckets.add(bucket(page, at, keySize, valueSize));
            })
        .walk(file.meta().rootPage());
    return buckets;
  }

  static Optional<BoltBucket> named(String name, List<BoltBucket> buckets) {
    return buckets.stream().filter(bucket -> bucket.name.equals(name)).findFirst();
  }

  void walk(BoltPages pages, BoltTree.Visitor visitor) throws IOException {
    BoltTree tree = BoltTree.ofKeys(pages, visitor);
    if (root == 0) {
      tree.walkInline(inline);
    } else {
      tree.walk(root);
    }
  }

  /** Walks the last leaf alone. */
  void walkLast(BoltPages pages, BoltTree.Visitor visitor) throws IOException {
    BoltTree tree = BoltTree.ofKeys(pages, visitor);
    if (root == 0) {
      tree.walkInline(inline);
    } else {
      tree.walkLast(root);
    }
  }

  private static BoltBucket bucket(ByteBuffer page, int at, int keySize, int valueSize) {
    if (keySize > LONGEST_NAME || valueSize < HEADER || valueSize > LARGEST_INLINE) {
      throw BoltFormatException.corrupt("a bucket of it is damaged");
    }
    byte[] name = new byte[keySize];
    page.get(at, name);
    int value = at + keySize;
    ByteBuffer inline =
        ByteBuffer.allocate(valueSize - HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(0, page, value + HEADER, valueSize - HEADER);
    return new BoltBucket(new String(name, UTF_8), page.getLong(value), inline);
  }
}
