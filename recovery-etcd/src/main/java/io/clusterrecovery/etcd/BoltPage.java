package io.clusterrecovery.etcd;

import java.nio.ByteBuffer;

/**
 * A branch or leaf page with its overflow, or the one page of a bucket that is kept inside of
 * another's leaf. Nothing in it is trusted: elements are to be taken in order, each with the place
 * where the one before has ended.
 *
 * @param name what a message calls it, such as "its page 7"
 */
record BoltPage(ByteBuffer bytes, String name) {
  private static final int ELEMENT = 16;

  /** bbolt's own limit. */
  private static final int LONGEST_KEY = 32_768;

  /** Checks that it is of a kind that holds elements, and that their headers are all there. */
  BoltPage {
    boolean known =
        bytes.limit() >= BoltPages.HEADER
            && (bytes.getShort(8) == BoltPages.LEAF || bytes.getShort(8) == BoltPages.BRANCH);
    if (!known) {
      throw BoltFormatException.corrupt(name + " is of an unknown kind");
    }
    if (BoltPages.HEADER + ELEMENT * Short.toUnsignedInt(bytes.getShort(10)) > bytes.limit()) {
      throw BoltFormatException.corrupt(name + " is damaged: it lacks elements");
    }
  }

  boolean isLeaf() {
    return bytes.getShort(8) == BoltPages.LEAF;
  }

  int count() {
    return Short.toUnsignedInt(bytes.getShort(10));
  }

  /** Where the first key begins. */
  int data() {
    return at(count());
  }

  int keySize(int i) {
    return bytes.getInt(at(i) + (isLeaf() ? 8 : 4));
  }

  int valueSize(int i) {
    return isLeaf() ? bytes.getInt(at(i) + 12) : 0;
  }

  long child(int i) {
    return bytes.getLong(at(i) + 8);
  }

  boolean isBucket(int i) {
    return bytes.getInt(at(i)) == 1;
  }

  /**
   * {@return where the element's key and value end} They must begin where those of the element
   * before it have ended, as bbolt writes them: so no two elements share bytes.
   */
  int end(int i, int begin) {
    int keySize = keySize(i);
    int valueSize = valueSize(i);
    int position = bytes.getInt(at(i) + (isLeaf() ? 4 : 0));
    boolean fits =
        at(i) + position == begin
            && keySize > 0
            && keySize <= Math.min(LONGEST_KEY, bytes.limit() - begin)
            && valueSize >= 0
            && valueSize <= bytes.limit() - begin - keySize;
    if (!fits || (isLeaf() && bytes.getInt(at(i)) >>> 1 != 0)) {
      throw BoltFormatException.corrupt("%s is damaged at its element %d".formatted(name, i));
    }
    return begin + keySize + valueSize;
  }

  /** Its own copy, which outlives the next read. */
  BoltPage copy() {
    ByteBuffer own = ByteBuffer.allocate(bytes.limit()).order(bytes.order());
    return new BoltPage(own.put(0, bytes, 0, bytes.limit()), name);
  }

  private static int at(int i) {
    return BoltPages.HEADER + i * ELEMENT;
  }
}
