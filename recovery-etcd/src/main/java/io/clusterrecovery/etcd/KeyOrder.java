package io.clusterrecovery.etcd;

import java.nio.ByteBuffer;

/** Whether the keys of a tree come in ascending order, each within what the branches above say. */
final class KeyOrder {
  private byte[] last = new byte[64];
  private int size = -1;
  private boolean mayBeEqual;

  /** Takes the next key of a branch: the next leaf key may be equal to it. */
  boolean acceptsBranch(ByteBuffer page, int at, int length) {
    return accepts(page, at, length, true);
  }

  /** Takes the next key of a leaf. */
  boolean acceptsLeaf(ByteBuffer page, int at, int length) {
    return accepts(page, at, length, false);
  }

  private boolean accepts(ByteBuffer page, int at, int length, boolean branch) {
    int order = size < 0 ? -1 : compare(page, at, length);
    if (order > 0 || (order == 0 && !mayBeEqual)) {
      return false;
    }
    if (length > last.length) {
      last = new byte[length];
    }
    page.get(at, last, 0, length);
    size = length;
    mayBeEqual = branch;
    return true;
  }

  private int compare(ByteBuffer page, int at, int length) {
    int both = Math.min(size, length);
    for (int i = 0; i < both; i++) {
      int order = Byte.toUnsignedInt(last[i]) - Byte.toUnsignedInt(page.get(at + i));
      if (order != 0) {
        return order;
      }
    }
    return size - length;
  }
}
